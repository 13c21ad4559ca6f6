using TestKit;

namespace SocketIO.AspNetCore.Tests;

public sealed class AckTests
{
    [Fact, Trait("Spec", "SRV-ACK-01"), Trait("Spec", "SRV-ACK-03"), Trait("Spec", "SRV-CHEAT-02"), Trait("Spec", "SRV-NET-04"), Trait("Spec", "SIO-EVT-07")]
    [Trait("Behaviour", "socket.io/test/socket-timeout.ts:73"), Trait("Behaviour", "socket.io/test/socket.ts:500")]
    [Trait("Behaviour", "socket.io/test/socket.ts:530"), Trait("Behaviour", "socket.io/test/socket.ts:578")]
    [Trait("Behaviour", "socket.io/test/socket.ts:608")]
    public async Task TheFirstArgumentOfTheAnswerIsTheResult()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        var answer = client.Socket.EmitWithAckAsync<string>("question", 1);
        await client.ExpectAsync("420[\"question\",1]");
        await client.SendAsync("430[\"one\",2]");
        Assert.Equal("one", await answer.WithDeadline());

        var all = client.Socket.EmitArgumentsWithAckAsync("question", []);
        await client.ExpectAsync("421[\"question\"]");
        await client.SendAsync("461-1[{\"_placeholder\":true,\"num\":0},{\"a\":1}]");
        await client.SendAsync([1, 2]);
        var arguments = await all.WithDeadline();
        Assert.Equal(2, arguments.Count);
        Assert.Equal([1, 2], arguments.Get<byte[]>(0)!);
    }

    [Fact, Trait("Spec", "SRV-NSP-06"), Trait("Spec", "SIO-EVT-03")]
    public async Task IdsAreCountedPerNamespace()
    {
        await using var server = await TestServer.StartAsync(io => io.Of("/b"));
        await using var one = await server.ConnectAsync();
        await using var two = await server.ConnectAsync();
        var first = one.Socket;
        _ = first.EmitWithAckAsync<int>("e");
        _ = two.Socket.EmitWithAckAsync<int>("e");
        _ = first.EmitWithAckAsync<int>("e");
        await two.ExpectAsync("421[\"e\"]");
        await one.ExpectAsync("420[\"e\"]", "422[\"e\"]");
        await one.JoinAsync("/b");
        _ = one.Socket.EmitWithAckAsync<int>("e");
        await one.ExpectAsync("42/b,0[\"e\"]");
    }

    [Fact, Trait("Spec", "SRV-ACK-02"), Trait("Spec", "SRV-CHEAT-02")]
    [Trait("Behaviour", "socket.io/test/socket-timeout.ts:6"), Trait("Behaviour", "socket.io/test/socket-timeout.ts:41")]
    [Trait("Behaviour", "socket.io/test/socket-timeout.ts:58")]
    public async Task TheTimeIsUpAndALateAnswerIsIgnored()
    {
        await using var server = await TestServer.StartAsync(fakeTime: true, debug: true);
        await using var client = await server.ConnectAsync();
        var timed = client.Socket.Timeout(TimeSpan.FromSeconds(5));
        var late = timed.EmitWithAckAsync<int>("late");
        var inTime = timed.EmitWithAckAsync<int>("in time");
        await client.ExpectAsync("420[\"late\"]", "421[\"in time\"]");
        await client.SendAsync("431[7]");
        Assert.Equal(7, await inTime.WithDeadline());
        server.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(late.IsCompleted);
        server.Time.Advance(TimeSpan.FromSeconds(1));
        var error = await Assert.ThrowsAsync<AckTimeoutException>(() => late.WithDeadline());
        Assert.IsAssignableFrom<TimeoutException>(error);
        Assert.Equal("operation has timed out", error.Message);
        await client.SendAsync("430[1]");
        await client.SyncAsync();
        Assert.Contains("event with ack id 0 has timed out after 5000 ms", server.Debug!.Of("socket.io:socket"));
        Assert.Contains("bad ack 0", server.Debug.Of("socket.io:socket"));
    }

    [Fact, Trait("Spec", "SRV-ACK-04")]
    [Trait("Behaviour", "socket.io/test/socket-timeout.ts:18")]
    public async Task ATimeoutOfZeroIsUpAtOnce()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await Assert.ThrowsAsync<AckTimeoutException>(() => client.Socket.Timeout(TimeSpan.Zero).EmitWithAckAsync<int>("e").WithDeadline());
        Assert.Throws<ArgumentOutOfRangeException>(() => client.Socket.Timeout(TimeSpan.FromSeconds(-1)));
    }

    [Fact, Trait("Spec", "SRV-NET-06")]
    public async Task CancellationEndsTheWait()
    {
        await using var server = await TestServer.StartAsync(debug: true);
        await using var client = await server.ConnectAsync();
        using var source = new CancellationTokenSource();
        var answer = client.Socket.EmitWithAckAsync<int>("e", source.Token);
        await client.ExpectAsync("420[\"e\"]");
        await source.CancelAsync();
        var canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer.WithDeadline());
        Assert.Equal(source.Token, canceled.CancellationToken);
        await client.SendAsync("430[1]");
        await client.SyncAsync();
        Assert.Contains("bad ack 0", server.Debug!.Of("socket.io:socket"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Socket.EmitWithAckAsync<int>("never sent", source.Token));
        Assert.Empty(await client.DrainAsync());
    }

    [Fact, Trait("Spec", "SRV-ACK-03"), Trait("Spec", "SRV-ACK-05")]
    public async Task ADisconnectionEndsTheWait()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        var socket = client.Socket;
        var answer = socket.Timeout(TimeSpan.FromHours(1)).EmitWithAckAsync<int>("e");
        await client.SendAsync("41");
        var error = await Assert.ThrowsAsync<SocketDisconnectedException>(() => answer.WithDeadline());
        Assert.Equal("client namespace disconnect", error.Reason);
        await Assert.ThrowsAsync<SocketDisconnectedException>(() => socket.EmitWithAckAsync<int>("e").WithDeadline());
    }

    [Fact, Trait("Spec", "SRV-ACK-06"), Trait("Spec", "SIO-EVT-04"), Trait("Spec", "SRV-NET-05")]
    [Trait("Behaviour", "socket.io/test/socket.ts:462"), Trait("Behaviour", "socket.io/test/socket.ts:514")]
    [Trait("Behaviour", "socket.io/test/socket.ts:593")]
    public async Task AHandlerAnswersOnceAndInBothStyles()
    {
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket =>
        {
            socket.On<string, Ack>("ack", async (text, ack) =>
            {
                Assert.True(ack.IsRequested);
                await Task.Yield();
                await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await ack.SendAsync(text, 2, new byte[] { 3 }))));
            });
            socket.OnRequest<int, int>("double", value => ValueTask.FromResult(value * 2));
        }));
        await using var client = await server.ConnectAsync();
        await client.SendAsync("427[\"ack\",\"a\"]");
        await client.ExpectAsync("461-7[\"a\",2,{\"_placeholder\":true,\"num\":0}]");
        Assert.Equal([3], await client.ReceiveBinaryAsync());
        await client.SendAsync("428[\"double\",21]");
        await client.ExpectAsync("438[42]");
    }

    [Fact, Trait("Spec", "SRV-ACK-07"), Trait("Spec", "SIO-EVT-06")]
    public async Task AnAckThatNobodyAskedForIsNotSent()
    {
        var requested = new TaskCompletionSource<bool>();
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket => socket.On<Ack>("e", async ack =>
        {
            await ack.SendAsync(1);
            requested.SetResult(ack.IsRequested);
        })));
        await using var client = await server.ConnectAsync();
        await client.SendAsync("42[\"e\"]");
        Assert.False(await requested.Task.WithDeadline());
        await client.SendAsync("425[\"nobody listens\"]");
        await client.SyncAsync();
    }

    [Fact, Trait("Spec", "SIO-EVT-08"), Trait("Spec", "SRV-SOCK-13")]
    public async Task AnAnswerAfterTheEndIsDropped()
    {
        var kept = new TaskCompletionSource<Ack>();
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket => socket.On<Ack>("e", kept.SetResult)));
        await using var client = await server.ConnectAsync();
        await client.SendAsync("425[\"e\"]");
        var ack = await kept.Task.WithDeadline();
        client.Raw.WebSocket.Reset();
        await Deadline.UntilAsync(() => client.Socket.Disconnected, "the end");
        await ack.SendAsync("late");
        await client.Socket.EmitAsync("late");
    }

    [Theory, Trait("Spec", "SIO-EVT-05"), Trait("Spec", "SIO-DEC-08"), Trait("Spec", "SEC-SIO-05")]
    [InlineData("4399[1]")]
    [InlineData("43[]")]
    [InlineData("43")]
    [InlineData("43/b,0[1]")]
    public async Task AnUnknownAnswerIsIgnored(string packet)
    {
        await using var server = await TestServer.StartAsync(io => io.Of("/b"));
        await using var client = await server.ConnectAsync();
        var socket = client.Socket;
        await client.JoinAsync("/b");
        var answer = socket.EmitWithAckAsync<int>("e");
        await client.ExpectAsync("420[\"e\"]");
        await client.SendAsync(packet);
        await client.SendAsync("430[1]");
        Assert.Equal(1, await answer.WithDeadline());
        await client.SyncAsync();
    }

    [Fact]
    public async Task AnArgumentThatCannotBeSerialisedLeavesNothingPending()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => client.Socket.EmitWithAckAsync<int>("e", new Unserialisable()));
        Assert.False(client.Socket.Client.AwaitsAck);
    }

    private sealed class Unserialisable
    {
        private readonly string _reason = "no";

        public string Value => throw new InvalidOperationException(_reason);
    }
}
