using SocketIO.Client.Tests.Peers;
using TestKit;

namespace SocketIO.Client.Tests.Behaviours;

/// <summary>The official client's own tests of reconnection.</summary>
public abstract class ReconnectionTests(PeerKind kind, PeerPool pool) : PeerTest(kind, pool)
{
    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:160"), Trait("Spec", "CLI-REC-02"), Trait("Spec", "CLI-DISC-07")]
    public async Task LosingTheEngineLeadsToAReconnection()
    {
        var socket = await ConnectAsync();
        var trace = socket.Watch(socket.Manager.Watch());
        socket.Manager.Engine!.Close();
        await trace.UntilAsync("connect");
        Assert.Equal(["disconnect: forced close", "close: forced close", "reconnect_attempt 1", "open", "reconnect 1", "connect"], trace.Lines);
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:174"), Trait("Spec", "CLI-LIFE-09")]
    public async Task ConnectsAgainByHand()
    {
        var socket = await ConnectAsync();
        socket.Disconnect();
        await socket.ConnectAsync().WithDeadline();
        Assert.Equal(socket.Id, await socket.EmitWithAckAsync<string>("id").WithDeadline());
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:191")]
    public async Task ReconnectsByItselfAfterItWasConnectedByHand()
    {
        var socket = await ConnectAsync();
        socket.Disconnect();
        await socket.ConnectAsync().WithDeadline();
        var trace = socket.Manager.Watch();
        socket.Manager.Engine!.Close();
        await trace.UntilAsync("reconnect 1");
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:211"), Trait("Spec", "CLI-REC-13"), Trait("Spec", "CLI-REC-07")]
    public async Task AfterTheLastAttemptConnectStartsANewSeries()
    {
        var socket = NewSocket("/timeout", TwoAttempts, address: Ports.Nowhere());
        var trace = socket.Manager.Watch();
        for (int series = 1; series <= 2; series++)
        {
            socket.Connect();
            await trace.UntilAsync("reconnect_failed", series);
            Assert.Equal((series, series), (trace.CountOf("reconnect_attempt 1"), trace.CountOf("reconnect_attempt 2")));
        }
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:238"), Trait("Spec", "CLI-REC-04")]
    public async Task EachAttemptWaitsLonger()
    {
        PacketLog log = null!;
        var socket = NewSocket("/timeout", options =>
        {
            options.ReconnectionAttempts = 3;
            log = LogPackets(options);
        }, address: Ports.Nowhere());
        var trace = socket.Manager.Watch();
        socket.Connect();
        await trace.UntilAsync("reconnect_failed");
        Assert.Equal(
            ["will wait 10ms before reconnect attempt", "will wait 20ms before reconnect attempt", "will wait 40ms before reconnect attempt"],
            log.Recorder.Entries.Select(entry => entry.Message).Where(message => message.StartsWith("will wait", StringComparison.Ordinal)));
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:276"), Trait("Spec", "CLI-REC-10")]
    public async Task NobodyReconnectsAfterDisconnectInTheErrorHandler()
    {
        var socket = NewSocket("/invalid", address: Ports.Nowhere());
        var trace = socket.Manager.Watch();
        socket.Manager.OnError(_ => socket.Disconnect());
        socket.Connect();
        await trace.UntilAsync("error: xhr poll error");
        await NoAttemptAsync(socket, trace, 0);
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:296"), Trait("Behaviour", "socket.io-client/test/connection.ts:316"), Trait("Spec", "CLI-REC-05")]
    public async Task DisconnectDuringAnAttemptEndsTheSeriesAndConnectBeginsOne()
    {
        var socket = NewSocket("/invalid", address: Ports.Nowhere());
        var trace = socket.Manager.Watch();
        var subscription = socket.Manager.OnReconnectAttempt(_ => socket.Disconnect());
        socket.Connect();
        await trace.UntilAsync("reconnect_attempt 1");
        await NoAttemptAsync(socket, trace, 1);
        subscription.Dispose();
        socket.Connect();
        await trace.UntilAsync("reconnect_attempt 1", 2);
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:334"), Trait("Spec", "CLI-REC-11"), Trait("Spec", "CLI-MUX-08")]
    public async Task OneNamespaceGivesUpTheOtherReconnects()
    {
        var socket = await ConnectAsync();
        var other = socket.Manager.Socket("/asd");
        await other.ConnectAsync().WithDeadline();
        var (trace, otherTrace) = (socket.Watch(), other.Watch());
        socket.Manager.OnReconnectAttempt(_ => socket.Disconnect());
        socket.Manager.Engine!.Close();
        await otherTrace.UntilAsync("connect");
        Assert.Equal(["disconnect: forced close"], trace.Lines);
        Assert.False(socket.Active);
    }

    [Theory, Trait("Spec", "CLI-OPT-12"), Trait("Spec", "CLI-OPT-16"), Trait("Spec", "CLI-MGR-04")]
    [InlineData("/timeout")]
    [InlineData("/timeout_socket")]
    [Trait("Behaviour", "socket.io-client/test/connection.ts:362"), Trait("Behaviour", "socket.io-client/test/connection.ts:389"), Trait("Behaviour", "socket.io-client/test/connection.ts:415")]
    public async Task TwoAttemptsThatTimeOutAreAll(string ns)
    {
        await using var mute = ScriptedServer.StartMute();
        var socket = NewSocket(ns, options =>
        {
            TwoAttempts(options);
            options.ConnectTimeout = TimeSpan.Zero;
        }, address: mute.Address);
        var trace = socket.Manager.Watch();
        socket.Connect();
        await trace.UntilAsync("reconnect_error: timeout", 2);
        Assert.Equal(
            ["error: timeout", "reconnect_attempt 1", "error: timeout", "reconnect_error: timeout", "reconnect_attempt 2", "error: timeout", "reconnect_failed", "reconnect_error: timeout"],
            trace.Lines);
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:441")]
    public async Task NobodyReconnectsWhereTheFirstAttemptSucceeds()
    {
        var socket = NewSocket("/valid");
        var trace = socket.Manager.Watch();
        await socket.ConnectAsync().WithDeadline();
        await socket.EmitWithAckAsync<string>("id").WithDeadline();
        await NoAttemptAsync(socket, trace, 0);
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:464")]
    public async Task OneNamespaceConnectsWhileAnotherDisconnects()
    {
        var socket = await ConnectAsync("/foo");
        var other = socket.Manager.Socket("/asd");
        var connecting = other.ConnectAsync();
        socket.Disconnect();
        await connecting.WithDeadline();
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:476"), Trait("Spec", "CLI-ERR-04")]
    public async Task AServerOfVersion2IsAConnectError()
    {
        await using var server = ScriptedServer.Start(async exchange =>
        {
            var webSocket = await exchange.UpgradeAsync();
            await webSocket.SendTextAsync("0{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
            await webSocket.ReceiveTextAsync();
            await webSocket.SendTextAsync("40");
            await webSocket.ReceiveEndAsync();
        });
        var socket = NewSocket(configure: options => options.Transports = ["websocket"], address: server.Address);
        SocketConnectException? error = null;
        var trace = new Trace();
        socket.OnConnectError(failure =>
        {
            error = failure;
            trace.Add("error");
        });
        socket.Connect();
        await trace.UntilAsync("error");
        Assert.Equal((ConnectErrorKind.Protocol, true), (error!.Kind, socket.Active));
        Assert.Contains("v2.x", error.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:494"), Trait("Spec", "CLI-MUX-07"), Trait("Spec", "CLI-LIFE-11")]
    public async Task TheConnectionGoesWithItsLastSocket()
    {
        var socket = await ConnectAsync("/foo");
        var other = socket.Manager.Socket("/asd");
        await other.ConnectAsync().WithDeadline();
        var trace = other.Watch(socket.Manager.Watch());
        socket.Disconnect();
        Assert.Equal(other.Id, await other.EmitWithAckAsync<string>("id").WithDeadline());
        Assert.Empty(trace.Lines);
        other.Disconnect();
        await trace.UntilAsync(2);
        Assert.Equal(["close: forced close", "disconnect: io client disconnect"], trace.Lines);
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:523"), Trait("Spec", "CLI-OPT-18")]
    public async Task ReconnectionCanBeTurnedOffMeanwhile()
    {
        var manager = NewManager(address: Ports.Nowhere());
        var trace = manager.Watch();
        manager.OnReconnectError(_ => manager.Options.Reconnection = false);
        manager.Open();
        await trace.UntilAsync("reconnect_error: xhr poll error");
        await NoAttemptAsync(manager.Socket(), trace, 1);
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:548"), Trait("Spec", "CLI-REC-01"), Trait("Spec", "CLI-REC-06")]
    public async Task TwoAttemptsAtAClosedPortAreAll()
    {
        var socket = NewSocket("/asd", TwoAttempts, address: Ports.Nowhere());
        var trace = socket.Manager.Watch();
        socket.Connect();
        await trace.UntilAsync("reconnect_failed");
        Assert.Equal(1, trace.CountOf("reconnect_attempt 2"));
        Assert.Equal(0, trace.CountOf("reconnect_attempt 3"));
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:572"), Trait("Spec", "CLI-OPT-11"), Trait("Spec", "CLI-ERR-08")]
    public async Task NobodyReconnectsWhereReconnectionIsOff()
    {
        var socket = NewSocket("/invalid", options => options.Reconnection = false, address: Ports.Nowhere());
        var trace = socket.Manager.Watch();
        socket.Connect();
        await trace.UntilAsync("error: xhr poll error");
        Assert.True(socket.Active);
        await NoAttemptAsync(socket, trace, 0);
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:596"), Trait("Spec", "CLI-REC-12")]
    public async Task AnotherNamespaceDoesNotAddAttempts()
    {
        await using var server = ScriptedServer.Start(exchange => exchange.AnswerAsync(503));
        var socket = NewSocket("/room1", TwoAttempts, address: server.Address);
        var trace = socket.Manager.Watch();
        socket.Manager.OnReconnectError(_ =>
        {
            // The second attempt is scheduled.
            if (trace.CountOf("reconnect_attempt 2") > 0) return;
            socket.Manager.Socket("/room2").Connect();
            socket.Connect();
        });
        socket.Connect();
        await trace.UntilAsync("reconnect_failed");
        Assert.Equal(1 + 2, server.Requests.Count(request => request.Method == "GET"));
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:923"), Trait("Spec", "CLI-DISC-06"), Trait("Spec", "CLI-REC-15")]
    public async Task APacketThatCannotBeReadEndsTheConnection()
    {
        int sessions = 0;
        await using var server = ScriptedServer.Start(async exchange =>
        {
            var webSocket = await exchange.UpgradeAsync();
            await webSocket.SendTextAsync("0{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
            await webSocket.ReceiveTextAsync();
            if (Interlocked.Increment(ref sessions) == 1) await webSocket.SendTextAsync("4bad");
            await webSocket.ReceiveEndAsync();
        });
        var socket = NewSocket(configure: options => options.Transports = ["websocket"], address: server.Address);
        var trace = socket.Manager.Watch();
        socket.Connect();
        var engine = socket.Manager.Engine!;
        await trace.UntilAsync("reconnect 1");
        Assert.Equal(1, trace.CountOf("close: parse error"));
        Assert.NotSame(engine, socket.Manager.Engine);
        await engine.Completion.WithDeadline("the old engine to be gone");
    }

    private static void TwoAttempts(SocketManagerOptions options) => options.ReconnectionAttempts = 2;

    // Longer than the next attempt would wait.
    private static async Task NoAttemptAsync(ClientSocket socket, Trace trace, int expected)
    {
        await Task.Delay(60);
        Assert.Equal(expected, trace.Lines.Count(line => line.StartsWith("reconnect_attempt", StringComparison.Ordinal)));
        Assert.NotEqual(SocketManagerState.Opening, socket.Manager.State);
    }

    public sealed class OnNode(PeerPool pool) : ReconnectionTests(PeerKind.Official, pool);

    public sealed class OnDotNet(PeerPool pool) : ReconnectionTests(PeerKind.DotNet, pool);
}
