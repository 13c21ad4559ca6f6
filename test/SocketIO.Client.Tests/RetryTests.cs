using TestKit;

namespace SocketIO.Client.Tests;

/// <summary>Events that are sent until they are acknowledged, as they stand on the wire.</summary>
public sealed class RetryTests
{
    [Fact, Trait("Spec", "CLI-RETRY-01"), Trait("Spec", "CLI-RETRY-02"), Trait("Spec", "CLI-RETRY-08"), Trait("Spec", "CLI-RETRY-14"), Trait("Spec", "CLI-RETRY-12")]
    public async Task OneAtATime()
    {
        await using var server = new FakeServer(packet => packet.StartsWith("42", StringComparison.Ordinal) ? [$"43{packet[2]}[\"ok\"]"] : []);
        await using var manager = server.CreateManager();
        var socket = manager.Socket(options: new ClientSocketOptions { Retries = 3, AckTimeout = TimeSpan.FromSeconds(5) });
        var first = socket.EmitWithAckAsync<string>("a", 1);
        await socket.EmitAsync("b");
        Assert.Equal(2, socket.BufferedEvents);
        socket.OnConnected(() => socket.Emit("c", 3));
        await socket.ConnectAsync().WithDeadline();
        Assert.Equal("ok", await first.WithDeadline());
        await server.UntilAsync("422[\"c\",3]");
        Assert.Equal(["40", "420[\"a\",1]", "421[\"b\"]", "422[\"c\",3]"], server.Received);
        await Deadline.UntilAsync(() => socket.BufferedEvents == 0, "the queue to be empty");
    }

    [Fact, Trait("Spec", "CLI-RETRY-03"), Trait("Spec", "CLI-RETRY-04"), Trait("Spec", "CLI-RETRY-05"), Trait("Spec", "CLI-RETRY-09"), Trait("Spec", "CLI-RETRY-10")]
    public async Task AfterItsTriesItIsGivenUp()
    {
        // The fifth event is answered under an id that nobody waits for any more.
        await using var server = new FakeServer(packet => packet.StartsWith("424", StringComparison.Ordinal) ? ["430[\"late\"]", "434[\"ok\"]"] : []);
        await using var manager = server.CreateManager();
        var socket = await ConnectAsync(manager, retries: 3, ackTimeout: TimeSpan.FromMilliseconds(20));
        await Assert.ThrowsAsync<AckTimeoutException>(() => socket.EmitWithAckAsync<string>("e").WithDeadline());
        Assert.Equal("ok", await socket.Timeout(TimeSpan.FromSeconds(5)).EmitWithAckAsync<string>("next").WithDeadline());
        Assert.Equal(["40", "420[\"e\"]", "421[\"e\"]", "422[\"e\"]", "423[\"e\"]", "424[\"next\"]"], server.Received);
    }

    [Fact, Trait("Spec", "CLI-RETRY-06"), Trait("Spec", "CLI-RETRY-07"), Trait("Spec", "CLI-RETRY-13"), Trait("Spec", "CLI-ACK-06")]
    public async Task ANewConnectionTriesAgainAtOnce()
    {
        await using var server = new FakeServer(packet => packet.StartsWith("422", StringComparison.Ordinal) ? ["432[]"] : []);
        await using var manager = server.CreateManager();
        var socket = await ConnectAsync(manager, retries: 3);
        var answer = socket.EmitArgumentsWithAckAsync("e", []);
        await CutTwoTriesAsync(server);
        Assert.Equal(0, (await answer.WithDeadline()).Count);
        Assert.Equal(["40", "420[\"e\"]", "40", "421[\"e\"]", "40", "422[\"e\"]"], server.Received);
    }

    [Fact, Trait("Spec", "CLI-RETRY-07")]
    public async Task ALostConnectionIsAFailedTry()
    {
        await using var server = new FakeServer(_ => []);
        await using var manager = server.CreateManager();
        var socket = await ConnectAsync(manager, retries: 1);
        var answer = socket.EmitArgumentsWithAckAsync("e", []);
        await CutTwoTriesAsync(server);
        await Assert.ThrowsAsync<SocketDisconnectedException>(() => answer.WithDeadline());
        Assert.Equal(0, socket.BufferedEvents);
    }

    [Fact, Trait("Spec", "CLI-RETRY-11")]
    public async Task VolatileEventsPassTheQueueBy()
    {
        await using var server = new FakeServer(_ => []);
        await using var manager = server.CreateManager();
        var socket = await ConnectAsync(manager, retries: 1);
        await socket.EmitAsync("e");
        await server.UntilAsync("420[\"e\"]");
        await Deadline.UntilAsync(() => manager.Engine!.IsWritable, "the transport");
        await socket.Volatile.EmitAsync("v");
        await server.UntilAsync("42[\"v\"]");
    }

    [Fact, Trait("Spec", "CLI-RETRY-13")]
    public async Task WhatWaitsFailsWhenTheSocketIsDisposed()
    {
        await using var server = new FakeServer(_ => []);
        await using var manager = server.CreateManager();
        var socket = await ConnectAsync(manager, retries: 1);
        var sent = socket.EmitArgumentsWithAckAsync("sent", []);
        var waiting = socket.EmitArgumentsWithAckAsync("waiting", []);
        await server.UntilAsync("420[\"sent\"]");
        socket.Disconnect();
        Assert.Equal(2, socket.BufferedEvents);
        await socket.DisposeAsync().AsTask().WithDeadline();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => sent.WithDeadline());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.WithDeadline());
    }

    [Fact]
    public async Task GivingUpAnEventLetsTheNextOneGo()
    {
        await using var server = new FakeServer(_ => []);
        await using var manager = server.CreateManager();
        var socket = await ConnectAsync(manager, retries: 1);
        using var cancellation = new CancellationTokenSource();
        var first = socket.EmitArgumentsWithAckAsync("first", [], cancellation.Token);
        await socket.EmitAsync("second");
        await server.UntilAsync("420[\"first\"]");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WithDeadline());
        await server.UntilAsync("421[\"second\"]");
    }

    private static async Task<ClientSocket> ConnectAsync(SocketManager manager, int retries, TimeSpan? ackTimeout = null)
    {
        var socket = manager.Socket(options: new ClientSocketOptions { Retries = retries, AckTimeout = ackTimeout });
        await socket.ConnectAsync().WithDeadline();
        return socket;
    }

    private static async Task CutTwoTriesAsync(FakeServer server)
    {
        for (int id = 0; id < 2; id++)
        {
            await server.UntilAsync($"42{id}[\"e\"]");
            server.Cut();
        }
    }
}
