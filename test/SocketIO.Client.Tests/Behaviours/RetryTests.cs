using SocketIO.Client.Tests.Peers;
using TestKit;

namespace SocketIO.Client.Tests.Behaviours;

/// <summary>The official client's own tests of its queue that retries.</summary>
public abstract class RetryTests(PeerKind kind, PeerPool pool) : PeerTest(kind, pool)
{
    [Fact, Trait("Behaviour", "socket.io-client/test/retry.ts:6"), Trait("Spec", "CLI-RETRY-01"), Trait("Spec", "CLI-RETRY-02"), Trait("Spec", "CLI-RETRY-10")]
    public async Task OneAfterTheOtherEachAfterTheAnswerBeforeIt()
    {
        var (socket, packets) = NewQueue(retries: 1, ackTimeout: 5000);
        var first = socket.EmitWithAckAsync<int>("echo", 1);
        socket.Emit("echo", 2);
        var last = socket.EmitWithAckAsync<int>("echo", 3);
        Assert.Equal(3, socket.BufferedEvents);
        socket.Connect();
        Assert.Equal(1, await first.WithDeadline());
        Assert.Equal(3, await last.WithDeadline());
        Assert.Equal(0, socket.BufferedEvents);
        await socket.DisconnectAsync();
        Assert.Equal(["0", "20[\"echo\",1]", "21[\"echo\",2]", "22[\"echo\",3]", "1"], packets.Sent);
        Assert.Equal(["30[1]", "31[2]", "32[3]"], packets.Received.Where(packet => packet[0] == '3'));
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/retry.ts:57"), Trait("Spec", "CLI-RETRY-03"), Trait("Spec", "CLI-RETRY-04"), Trait("Spec", "CLI-RETRY-05"), Trait("Spec", "CLI-OPT-61")]
    public async Task AnUnansweredEventIsSentAgainAndThenGivenUp()
    {
        var (socket, packets) = NewQueue(retries: 3, ackTimeout: 50);
        socket.Connect();
        await Assert.ThrowsAsync<AckTimeoutException>(() => socket.EmitWithAckAsync<string>("silent").WithDeadline());
        Assert.Equal("next", await socket.Timeout(TimeSpan.FromSeconds(5)).EmitWithAckAsync<string>("echo", "next").WithDeadline());
        Assert.Equal(["0", "20[\"silent\"]", "21[\"silent\"]", "22[\"silent\"]", "23[\"silent\"]", "24[\"echo\",\"next\"]"], packets.Sent);
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/retry.ts:93"), Trait("Spec", "CLI-RETRY-06")]
    public async Task TheQueueWaitsWhileThereIsNoConnection()
    {
        var (socket, packets) = NewQueue(retries: 3, ackTimeout: 1000);
        var answer = socket.EmitWithAckAsync<int>("echo", 1);
        await Task.Delay(20);
        Assert.Empty(packets.Sent);
        socket.Connect();
        Assert.Equal(1, await answer.WithDeadline());
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/retry.ts:114"), Trait("Spec", "CLI-RETRY-08"), Trait("Spec", "CLI-RETRY-12")]
    public async Task WhatIsEmittedOnConnectIsSentOnce()
    {
        var (socket, packets) = NewQueue(retries: 3, ackTimeout: null);
        var answered = new TaskCompletionSource<string?>();
        socket.OnConnected(async () => answered.TrySetResult(await socket.EmitWithAckAsync<string>("echo", (object?)null)));
        socket.Connect();
        Assert.Null(await answered.Task.WithDeadline());
        Assert.Equal("ok", await socket.EmitWithAckAsync<string>("echo", "ok").WithDeadline());
        Assert.Equal(["0", "20[\"echo\",null]", "21[\"echo\",\"ok\"]"], packets.Sent);
        Assert.Contains("30[null]", packets.Received);
    }

    [Fact, Trait("Spec", "CLI-RETRY-06"), Trait("Spec", "CLI-RETRY-07"), Trait("Spec", "CLI-RETRY-13")]
    public async Task TheHeadIsSentAgainOverANewConnection()
    {
        var (socket, packets) = NewQueue(retries: 3, ackTimeout: null);
        string key = Guid.NewGuid().ToString();
        socket.Connect();
        var answer = socket.EmitWithAckAsync<string>("store", key, 7, 2);
        await Deadline.UntilAsync(() => packets.Sent.Count == 2, "the first try");
        while ((await Peer.StoredAsync(key)).Count == 0) await Task.Delay(2);
        socket.Manager.Engine!.Close();
        Assert.Equal("stored", await answer.WithDeadline());
        Assert.Equal([7, 7], await Peer.StoredAsync(key));
    }

    [Fact, Trait("Spec", "CLI-RETRY-11")]
    public async Task VolatileEventsPassTheQueueBy()
    {
        var (socket, _) = NewQueue(retries: 3, ackTimeout: null);
        var echo = socket.Watch<string>("echo");
        await socket.ConnectAsync().WithDeadline();
        socket.Emit("silent");
        await Deadline.UntilAsync(() => socket.Manager.Engine!.IsWritable, "the transport to be idle");
        socket.Volatile.Emit("echo", "past it");
        await echo.UntilAsync("past it");
        Assert.Equal(1, socket.BufferedEvents);
    }

    private (ClientSocket Socket, PacketLog Packets) NewQueue(int retries, int? ackTimeout)
    {
        PacketLog packets = null!;
        var socket = NewSocket(
            configure: options => packets = LogPackets(options),
            socket: new ClientSocketOptions { Retries = retries, AckTimeout = ackTimeout is { } time ? TimeSpan.FromMilliseconds(time) : null });
        return (socket, packets);
    }

    public sealed class OnNode(PeerPool pool) : RetryTests(PeerKind.Official, pool);

    public sealed class OnDotNet(PeerPool pool) : RetryTests(PeerKind.DotNet, pool);
}
