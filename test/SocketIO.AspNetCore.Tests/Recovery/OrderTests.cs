using SocketIO.AspNetCore.Adapters;
using SocketIO.AspNetCore.Recovery;
using TestKit;

namespace SocketIO.AspNetCore.Tests.Recovery;

/// <summary>Each client gets events in the order of their offsets, or its last offset would be a lie.</summary>
public sealed class OrderTests
{
    [Fact, Trait("Spec", "SIO-CSR-04"), Trait("Spec", "SRV-ADP-12")]
    public async Task WhoeverEmitsTheOffsetsOfAClientGrow()
    {
        const int Threads = 6, Events = 1500;
        await using var server = await RecoveryTests.StartAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => new RecoveryClient(server).ConnectAsync()));
        var emitting = Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            for (int i = 0; i < Events; i++)
            {
                if (thread % 2 == 0) await server.Io.EmitAsync("e", thread, i);
                else await clients[i % 3].Socket.EmitAsync("e", thread, i);
            }
        })).ToArray();

        foreach (var client in clients)
        {
            long last = 0;
            var next = new Dictionary<int, int>();
            for (int received = 0; received < (Threads / 2 * Events) + (Threads / 2 * Events / 3); received++)
            {
                string packet = await client.ReceiveAsync();
                Assert.True(LogOffset.TryParse(client.Offset, out long position), packet);
                Assert.True(position > last, packet);
                last = position;
                int[] numbers = [.. packet.Split('[', ',').Skip(2).Take(2).Select(int.Parse)];
                Assert.True(next.GetValueOrDefault(numbers[0]) <= numbers[1], packet);
                next[numbers[0]] = numbers[1];
            }
        }

        await Task.WhenAll(emitting);
    }

    [Fact, Trait("Spec", "SRV-CSR-06")]
    public async Task EmitsWaitForRoomBeforeTheyGetTheirOffset()
    {
        await using var server = await RecoveryTests.StartAsync(options: options => options.MaxQueuedPackets = 2);
        await using var polling = await server.OpenPollingAsync();
        await polling.SendAsync("40");
        Assert.StartsWith("40", await polling.ReceiveAsync());
        await Deadline.UntilAsync(() => server.Io.Sockets.Sockets.Count == 1, "the socket");
        var socket = server.Io.Sockets.Sockets.Values.Single();

        // Nobody polls: two fit, the rest waits, in order, an emit with acknowledgement among them.
        var emits = Enumerable.Range(0, 4).Select(i => socket.EmitAsync("e", i).AsTask()).ToList();
        var answer = socket.EmitWithAckAsync<int>("ask");
        emits.Add(socket.EmitAsync("e", 4).AsTask());
        using var gone = new CancellationTokenSource();
        var cancelled = socket.EmitAsync("never", gone.Token).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal([true, true, false, false, false], emits.Select(static emit => emit.IsCompleted));
        Assert.Equal(2, ((SessionAwareAdapter)server.Io.Sockets.Adapter).Stored.Count);

        for (int i = 0; i < 4; i++) Assert.StartsWith($"42[\"e\",{i},", await polling.ReceiveAsync());
        Assert.Equal("420[\"ask\"]", await polling.ReceiveAsync());
        Assert.StartsWith("42[\"e\",4,", await polling.ReceiveAsync());
        await Task.WhenAll(emits).WithDeadline();
        await polling.SendAsync("430[3]");
        Assert.Equal(3, await answer);
    }

    [Fact, Trait("Spec", "SIO-CSR-08")]
    public async Task MoreMissedPacketsThanTheQueueTakesAreWrittenAsItEmpties()
    {
        await using var server = await RecoveryTests.StartAsync(options: options => options.MaxQueuedPackets = 3);
        var client = await new RecoveryClient(server).ConnectAsync();
        await client.CutAsync();
        for (int i = 0; i < 50; i++) await server.Io.EmitAsync("e", i);
        await using var polling = await server.OpenPollingAsync();
        await polling.SendAsync("40" + client.Request());
        for (int i = 0; i < 50; i++) Assert.StartsWith($"42[\"e\",{i},", await polling.ReceiveAsync());
        Assert.Contains(client.Pid!, await polling.ReceiveAsync());
    }
}
