using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using TestKit;

namespace SocketIO.AspNetCore.Tests;

[Trait("Spec", "SRV-CLOSE-02")]
public sealed class DrainTests
{
    [Fact]
    public async Task ClientsAreDisconnectedAtThePace()
    {
        var ends = new ConcurrentQueue<(string Reason, DateTimeOffset Time)>();
        TestServer server = null!;
        await using var closing = server = await TestServer.StartAsync(
            io => io.OnConnection(socket => socket.OnDisconnected(info => ends.Enqueue((info.Reason, server.Time.GetUtcNow())))), NoPings, fakeTime: true);
        var clients = new List<TestClient>();
        for (int i = 0; i < 3; i++) clients.Add(await server.ConnectAsync());
        var options = new DrainOptions { SessionsPerSecond = 1, Jitter = 0, Timeout = TimeSpan.FromHours(1) };
        var drain = server.Io.DrainAsync(options, TestContext.Current.CancellationToken).AsTask();
        Assert.Equal(503, (await RawHttp.GetAsync(server.Address, "/socket.io/?EIO=4&transport=polling")).Status);

        // One at once, the others when their time comes; a closed connection says nothing but that it closes, so that the client reconnects.
        Assert.Single(ends);
        foreach (var client in clients.Where(client => client.Socket.Connected)) await client.SyncAsync();
        var reading = clients.Select(ReceiveCloseAsync).ToList();
        await Deadline.UntilAsync(
            () =>
            {
                server.Time.Advance(TimeSpan.FromMilliseconds(100));
                return drain.IsCompleted;
            },
            "the drain");
        await drain;
        Assert.All(ends, end => Assert.Equal(DisconnectReasons.ServerShuttingDown, end.Reason));
        var times = ends.Select(end => end.Time).ToList();
        Assert.Equal(3, times.Count);
        Assert.True(times[1] - times[0] >= TimeSpan.FromSeconds(1) && times[2] - times[1] >= TimeSpan.FromSeconds(1));
        Assert.All(await Task.WhenAll(reading), Assert.Empty);
        foreach (var client in clients) await client.DisposeAsync();
    }

    [Fact]
    public async Task AtTheDeadlineTheRestIsClosed()
    {
        await using var server = await TestServer.StartAsync(options: NoPings, fakeTime: true);
        await using var deaf = await server.ConnectAsync();
        await using var absent = await server.OpenPollingAsync();
        var drain = server.Io.DrainAsync(new DrainOptions { Timeout = TimeSpan.FromSeconds(5) }, TestContext.Current.CancellationToken).AsTask();
        var second = server.Io.DrainAsync(cancellationToken: TestContext.Current.CancellationToken).AsTask();
        await Deadline.UntilAsync(
            () =>
            {
                server.Time.Advance(TimeSpan.FromMilliseconds(50));
                return drain.IsCompleted && second.IsCompleted;
            },
            "the deadline");
        await Task.WhenAll(drain, second);
        Assert.Equal(0, server.Io.Engine.ClientsCount);
        Assert.Single(server.Log.Entries, entry => entry.Level == LogLevel.Warning && entry.Message.StartsWith("the drain is over its time", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ACancelledDrainClosesAtOnce()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        using var source = new CancellationTokenSource();
        var drain = server.Io.DrainAsync(new DrainOptions { SessionsPerSecond = 1, Timeout = TimeSpan.FromHours(1) }, source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => drain.WithDeadline());
        await server.Io.CloseAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, server.Io.Engine.ClientsCount);
        await Assert.ThrowsAsync<ArgumentException>(async () => await server.Io.DrainAsync(new DrainOptions { Jitter = -1 }, TestContext.Current.CancellationToken));
    }

    /// <summary>Two hundred clients get numbered events as fast as they can while the host stops: each gets all that its socket was sent, and a last word.</summary>
    [Fact, Trait("Spec", "SRV-CLOSE-04")]
    public async Task NothingThatWasQueuedIsLostWhenTheHostStops()
    {
        const int webSockets = 150, pollings = 50;
        var sent = new ConcurrentDictionary<string, int>();
        await using var server = await TestServer.StartAsync(
            io => io.OnConnection(socket =>
            {
                socket.OnDisconnecting(_ =>
                {
                    // Sent after all others: the socket counts as connected here, and what comes later would be dropped.
                    lock (socket.Items)
                    {
                        socket.Items["over"] = true;
                        Observe(socket.EmitAsync("last", sent.GetValueOrDefault(socket.Id)));
                    }
                });
                _ = Task.Run(async () =>
                {
                    while (true)
                    {
                        lock (socket.Items)
                        {
                            if (socket.Items.ContainsKey("over")) return;
                            Observe(socket.EmitAsync("n", sent.AddOrUpdate(socket.Id, 1, (_, count) => count + 1)));
                        }

                        await Task.Delay(5);
                    }
                });
            }),
            options => options.Drain = new DrainOptions { SessionsPerSecond = 400, Timeout = TimeSpan.FromSeconds(30) });
        var reading = new List<Task<List<string>>>();
        for (int i = 0; i < webSockets; i++) reading.Add(ReadWebSocketAsync(await server.OpenAsync()));
        for (int i = 0; i < pollings; i++) reading.Add(ReadPollingAsync(await server.OpenPollingAsync()));
        await Deadline.UntilAsync(() => sent.Count == webSockets + pollings && sent.Values.All(count => count > 3), "traffic for all", TimeSpan.FromSeconds(30));

        var stop = server.StopAsync();
        var all = await Task.WhenAll(reading).WithDeadline("the ends", TimeSpan.FromSeconds(30));
        await stop;
        foreach (var received in all)
        {
            var last = received[^1];
            Assert.StartsWith("42[\"last\",", last);
            int count = int.Parse(last["42[\"last\",".Length..^1], CultureInfo.InvariantCulture);
            Assert.Equal(Enumerable.Range(1, count).Select(number => $"42[\"n\",{number}]"), received.SkipLast(1));
        }

        static void Observe(ValueTask sending) => Assert.True(sending.IsCompletedSuccessfully);
    }

    private static void NoPings(SocketIOOptions options) => options.PingInterval = TimeSpan.FromHours(2);

    private static async Task<List<string>> ReceiveCloseAsync(TestClient client)
    {
        var messages = new List<string>();
        while (true)
        {
            var frame = await client.Raw.ReceiveAsync();
            if (frame.Opcode == WebSocketOpcode.Close) break;
            messages.Add(frame.Text);
        }

        await client.Raw.WebSocket.SendCloseAsync(null);
        return messages;
    }

    private static async Task<List<string>> ReadWebSocketAsync(TestClient client)
    {
        await using var closing = client;
        await client.SendAsync("40");
        Assert.StartsWith("40{", await client.ReceiveAsync());
        return await ReceiveCloseAsync(client);
    }

    private static async Task<List<string>> ReadPollingAsync(PollingClient client)
    {
        await using var closing = client;
        await client.SendAsync("40");
        Assert.StartsWith("40{", await client.ReceiveAsync());
        var messages = new List<string>();
        while (await client.ReceiveAsync() is { } packet && packet != "1")
        {
            if (packet != "6") messages.Add(packet);
        }

        return messages;
    }
}
