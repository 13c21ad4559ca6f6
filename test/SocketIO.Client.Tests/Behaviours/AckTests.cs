using SocketIO.Client.Tests.Peers;
using TestKit;

namespace SocketIO.Client.Tests.Behaviours;

/// <summary>The official client's own tests of acknowledgements and their time limits.</summary>
public abstract class AckTests(PeerKind kind, PeerPool pool) : PeerTest(kind, pool)
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    [Fact, Trait("Behaviour", "socket.io-client/test/socket.ts:571"), Trait("Spec", "CLI-ACK-02")]
    public async Task TimesOutUnconnectedAndIsNotSentLater()
    {
        var socket = NewSocket();
        await Assert.ThrowsAsync<AckTimeoutException>(() => socket.Timeout(Short).EmitWithAckAsync<string>("echo", "late").WithDeadline());
        Assert.Equal(0, socket.BufferedEvents);
    }

    [Theory, Trait("Spec", "CLI-ACK-02"), Trait("Spec", "CLI-ACK-05"), Trait("Spec", "CLI-OPT-62")]
    [InlineData("silent", false)]
    [InlineData("unknown", false)]
    [InlineData("unknown", true)]
    [Trait("Behaviour", "socket.io-client/test/socket.ts:586"), Trait("Behaviour", "socket.io-client/test/socket.ts:627"), Trait("Behaviour", "socket.io-client/test/socket.ts:654")]
    public async Task TimesOutWhereTheServerDoesNotAnswer(string eventName, bool isDefault)
    {
        var socket = await ConnectAsync(options: new ClientSocketOptions { AckTimeout = isDefault ? Short : Long });
        var error = await Assert.ThrowsAsync<AckTimeoutException>(() => (isDefault ? socket.EmitWithAckAsync<string>(eventName) : socket.Timeout(Short).EmitWithAckAsync<string>(eventName)).WithDeadline());
        Assert.Equal("operation has timed out", error.Message);
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/socket.ts:597"), Trait("Spec", "CLI-ACK-07")]
    public async Task AnAnswerThatComesTooLateIsIgnored()
    {
        var socket = await ConnectAsync();
        await Assert.ThrowsAsync<AckTimeoutException>(() => socket.Timeout(TimeSpan.Zero).EmitWithAckAsync<int>("later", 20, 42).WithDeadline());
        Assert.Equal(43, await socket.EmitWithAckAsync<int>("later", 40, 43).WithDeadline());
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/socket.ts:615"), Trait("Behaviour", "socket.io-client/test/socket.ts:640")]
    public async Task AnAnswerInTimeIsTheResult()
    {
        var socket = await ConnectAsync();
        Assert.Equal(42, await socket.Timeout(Long).EmitWithAckAsync<int>("echo", 42).WithDeadline());
        Assert.Equal("[42,\"x\"]", (await socket.Timeout(Long).EmitArgumentsWithAckAsync("echo", [42, "x"]).WithDeadline()).Payload.ToString());
    }

    [Theory, Trait("Spec", "CLI-ACK-01"), Trait("Spec", "CLI-ACK-03")]
    [InlineData("no limit")]
    [InlineData("timeout")]
    [InlineData("ackTimeout")]
    [Trait("Behaviour", "socket.io-client/test/socket.ts:668"), Trait("Behaviour", "socket.io-client/test/socket.ts:689"), Trait("Behaviour", "socket.io-client/test/socket.ts:710")]
    [Trait("Behaviour", "socket.io-client/test/socket.ts:729"), Trait("Behaviour", "socket.io-client/test/socket.ts:747")]
    public async Task ADisconnectionFailsWhatWasSent(string limit)
    {
        var socket = await ConnectAsync(options: new ClientSocketOptions { AckTimeout = limit == "ackTimeout" ? Long : null });
        var answer = limit == "timeout" ? socket.Timeout(Long).EmitWithAckAsync<string>("silent", "a") : socket.EmitWithAckAsync<string>("silent", "a");
        socket.Disconnect();
        var error = await Assert.ThrowsAsync<SocketDisconnectedException>(() => answer.WithDeadline());
        Assert.Contains("socket has been disconnected", error.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/socket.ts:768"), Trait("Spec", "CLI-ACK-03")]
    public async Task WhatWasNotSentYetIsKeptForTheNextConnection()
    {
        var socket = await ConnectAsync();
        socket.Disconnect();
        var answer = socket.EmitWithAckAsync<string>("echo", "a");
        Assert.Equal(1, socket.BufferedEvents);
        socket.Connect();
        Assert.Equal("a", await answer.WithDeadline());
    }

    [Fact, Trait("Spec", "CLI-ACK-06")]
    public async Task IdsCountUpAcrossConnections()
    {
        PacketLog packets = null!;
        var socket = await ConnectAsync(configure: options => packets = LogPackets(options));
        for (int i = 0; i < 3; i++)
        {
            await socket.EmitWithAckAsync<int>("echo", i).WithDeadline();
            socket.Disconnect();
            await socket.ConnectAsync().WithDeadline();
        }

        Assert.Equal(["20[\"echo\",0]", "21[\"echo\",1]", "22[\"echo\",2]"], packets.Sent.Where(packet => packet[0] == '2'));
    }

    [Fact, Trait("Spec", "CLI-ACK-04")]
    public async Task ACancelledEmitIsForgotten()
    {
        var socket = NewSocket();
        using var source = new CancellationTokenSource();
        var answer = socket.EmitWithAckAsync<string>("echo", "a", source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer.WithDeadline());
        Assert.Equal(0, socket.BufferedEvents);
    }

    [Fact, Trait("Spec", "CLI-ACK-10")]
    public async Task EachOfManyAnswersComesOnce()
    {
        var socket = await ConnectAsync();
        var answers = Enumerable.Range(0, 500).Select(i => socket.Timeout(TimeSpan.FromMilliseconds(i % 20)).EmitWithAckAsync<int>("later", i % 20, i)).ToArray();
        await Task.Delay(5);
        socket.Manager.Engine!.Close();
        foreach (var (i, answer) in answers.Index())
        {
            try
            {
                Assert.Equal(i, await answer.WithDeadline());
            }
            catch (Exception end) when (end is AckTimeoutException or SocketDisconnectedException)
            {
                // Either was to be expected.
            }
        }
    }

    public sealed class OnNode(PeerPool pool) : AckTests(PeerKind.Official, pool);

    public sealed class OnDotNet(PeerPool pool) : AckTests(PeerKind.DotNet, pool);
}
