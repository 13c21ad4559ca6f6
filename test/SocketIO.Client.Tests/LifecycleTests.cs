using TestKit;

namespace SocketIO.Client.Tests;

/// <summary>What happens in which order.</summary>
public sealed class LifecycleTests
{
    [Fact]
    [Trait("Spec", "CLI-LIFE-04"), Trait("Spec", "CLI-LIFE-05"), Trait("Spec", "CLI-LIFE-13"), Trait("Spec", "CLI-REC-08"), Trait("Spec", "CLI-EMIT-03"), Trait("Spec", "CLI-MGR-02")]
    public async Task AConnectionThatIsMadeAgain()
    {
        await using var server = new FakeServer(_ => [], packet => ["42[\"early\",1]", "40{\"sid\":\"x\"}"]);
        await using var manager = server.CreateManager();
        var trace = Traced(manager);
        var socket = Traced(manager.Socket(), trace);
        socket.On("early", (int n) => trace.Add($"early {n} {socket.Connected}"));
        await socket.EmitAsync("buffered", 1);
        await socket.ConnectAsync().WithDeadline();
        await trace.UntilAsync(3);
        Assert.Equal(["manager open", "early 1 True", "connect"], trace.Lines);
        await server.UntilAsync("42[\"buffered\",1]");
        server.Cut();
        await trace.UntilAsync(9);
        Assert.Equal(
            ["disconnect transport close", "manager close transport close", "manager reconnect_attempt 1", "manager open", "manager reconnect 1", "early 1 True"],
            trace.Lines.Skip(3).Take(6));
        await trace.UntilAsync(10);
        Assert.Equal("connect", trace.Lines[9]);
        Assert.Equal(["40", "42[\"buffered\",1]", "40"], server.Received);
    }

    [Fact]
    [Trait("Spec", "CLI-REC-05"), Trait("Spec", "CLI-REC-06"), Trait("Spec", "CLI-REC-07"), Trait("Spec", "CLI-REC-13"), Trait("Spec", "CLI-ERR-01"), Trait("Spec", "CLI-OPT-12")]
    public async Task ASeriesThatFails()
    {
        int port = Ports.Free();
        await using var manager = new SocketManager(
            new Uri($"http://127.0.0.1:{port}"),
            new SocketManagerOptions { Transports = ["websocket"], ReconnectionAttempts = 1, ReconnectionDelay = TimeSpan.FromMilliseconds(10) });
        var trace = Traced(manager);
        var socket = Traced(manager.Socket(), trace);
        socket.Connect();
        await trace.UntilAsync(7);
        Assert.Equal(
            ["connect_error websocket error", "manager error websocket error", "manager reconnect_attempt 1", "connect_error websocket error", "manager error websocket error",
                "manager reconnect_failed", "manager reconnect_error websocket error"],
            trace.Lines);
        Assert.True(socket.Active);

        await using var server = await Server.StartAsync(port: port);
        await socket.ConnectAsync().WithDeadline();
    }

    [Fact, Trait("Spec", "CLI-REC-05"), Trait("Spec", "CLI-SCN-04"), Trait("Spec", "CLI-OPT-32")]
    public async Task AHandlerMayChangeTheOptionsForTheNextAttempt()
    {
        await using var server = await Server.StartAsync();
        await using var manager = new SocketManager(server.Address, new SocketManagerOptions { ReconnectionDelay = TimeSpan.FromMilliseconds(10) });
        manager.Options.Query["n"] = "0";
        manager.OnReconnectAttempt(n => manager.Options.Query["n"] = $"{n}");
        var connected = new Trace();
        var socket = manager.Socket();
        socket.OnConnected(() => connected.Add(socket.Id!));
        await socket.ConnectAsync().WithDeadline();
        Assert.Equal("0", server.Io.Sockets.Sockets[socket.Id!].Handshake.Query["n"]);
        manager.Engine!.Abort();
        await connected.UntilAsync(2);
        await Deadline.UntilAsync(() => server.Io.Sockets.Sockets.ContainsKey(connected.Lines[1]), "the socket");
        Assert.Equal("1", server.Io.Sockets.Sockets[connected.Lines[1]].Handshake.Query["n"]);
    }

    [Fact, Trait("Spec", "CLI-REC-05"), Trait("Spec", "CLI-REC-10")]
    public async Task AHandlerMayEndTheSeries()
    {
        await using var manager = new SocketManager(
            new Uri($"http://127.0.0.1:{Ports.Free()}"), new SocketManagerOptions { ReconnectionDelay = TimeSpan.FromMilliseconds(10) });
        var trace = Traced(manager);
        var socket = manager.Socket();
        manager.OnReconnectAttempt(_ => socket.Disconnect());
        await Assert.ThrowsAsync<SocketDisconnectedException>(() => socket.ConnectAsync().WithDeadline());
        await manager.DisposeAsync();
        Assert.Equal(["manager error xhr poll error", "manager reconnect_attempt 1", "manager close forced close"], trace.Lines);
    }

    [Fact, Trait("Spec", "CLI-MGR-04"), Trait("Spec", "CLI-OPT-16"), Trait("Spec", "CLI-STATE-03")]
    public async Task AnAttemptThatTakesTooLong()
    {
        await using var server = ScriptedServer.StartMute();
        await using var manager = new SocketManager(server.Address, new SocketManagerOptions { ConnectTimeout = TimeSpan.FromMilliseconds(50), Reconnection = false });
        var trace = Traced(manager);
        var socket = Traced(manager.Socket(), trace);
        var error = await Assert.ThrowsAsync<SocketConnectException>(() => socket.ConnectAsync().WithDeadline());
        Assert.Equal(ConnectErrorKind.Timeout, error.Kind);
        await trace.UntilAsync(2);
        Assert.Equal(["connect_error timeout", "manager error timeout"], trace.Lines);
    }

    [Fact, Trait("Spec", "CLI-ERR-02"), Trait("Spec", "CLI-ERR-03"), Trait("Spec", "CLI-SCN-07"), Trait("Spec", "CLI-ERR-06")]
    public async Task ARefusedNamespaceDoesNotDisturbTheOthers()
    {
        await using var server = new FakeServer(_ => [], packet => packet.StartsWith("40/no", StringComparison.Ordinal)
            ? ["44/no,{\"message\":\"no\",\"data\":{\"code\":7}}"] : ["40{\"sid\":\"x\"}"]);
        await using var manager = server.CreateManager();
        var trace = Traced(manager);
        var main = Traced(manager.Socket(), trace);
        var refused = manager.Socket("/no");
        refused.OnConnectError(error => trace.Add($"/no {error.Message} {error.GetData<Dictionary<string, int>>()!["code"]} {refused.Active}"));
        await main.ConnectAsync().WithDeadline();
        refused.Connect();
        await trace.UntilAsync("/no no 7 False");
        Assert.True(main.Connected);
        main.Disconnect();
        refused.Connect();
        await trace.UntilAsync(7);
        Assert.Equal(
            ["manager open", "connect", "/no no 7 False", "manager close forced close", "disconnect io client disconnect", "manager open", "manager close forced close"],
            trace.Lines.Take(7));
    }

    [Fact, Trait("Spec", "CLI-ERR-04")]
    public async Task AServerOfAnotherVersionIsTold()
    {
        await using var server = new FakeServer(_ => [], _ => ["40"]);
        await using var manager = server.CreateManager();
        var trace = new Trace();
        var socket = Traced(manager.Socket(), trace);
        socket.Connect();
        await trace.UntilAsync(1);
        Assert.StartsWith("connect_error It seems you are trying to reach a Socket.IO server in v2.x", trace.Lines[0], StringComparison.Ordinal);
        Assert.True(socket.Active);
    }

    [Fact, Trait("Spec", "CLI-LIFE-14"), Trait("Spec", "CLI-DISC-06"), Trait("Spec", "CLI-RECV-07")]
    public async Task AMalformedPacketEndsTheConnection()
    {
        int grants = 0;
        await using var server = new FakeServer(_ => [], _ => Interlocked.Increment(ref grants) == 1 ? ["4x", "40{\"sid\":\"dead\"}"] : ["40{\"sid\":\"x\"}"]);
        await using var manager = server.CreateManager();
        var trace = Traced(manager);
        var socket = Traced(manager.Socket(), trace);
        await socket.ConnectAsync().WithDeadline();
        Assert.Equal("x", socket.Id);
        await server.SendAsync("42[\"connect\"]");
        await trace.UntilAsync("disconnect parse error");
        await trace.UntilAsync(10);
        Assert.Equal(
            ["manager open", "manager close parse error", "manager reconnect_attempt 1", "manager open", "manager reconnect 1", "connect", "disconnect parse error", "manager close parse error"],
            trace.Lines.Take(8));
    }

    [Fact, Trait("Spec", "CLI-CSR-02"), Trait("Spec", "CLI-CSR-03"), Trait("Spec", "CLI-CSR-05"), Trait("Spec", "CLI-CSR-06"), Trait("Spec", "CLI-AUTH-08"), Trait("Spec", "CLI-CSR-01")]
    public async Task TheSessionIsAskedForAgain()
    {
        await using var server = new FakeServer(_ => [], _ => ["40{\"sid\":\"s\",\"pid\":\"p\"}"]);
        await using var manager = server.CreateManager();
        var trace = new Trace();
        var socket = manager.Socket(options: new ClientSocketOptions { Auth = new { token = "t" } });
        socket.OnConnected(() => trace.Add($"{socket.Recovered}"));
        socket.On("e", () => trace.Add("e"));
        await socket.ConnectAsync().WithDeadline();
        await server.SendAsync("42[\"e\",1,\"offset 1\"]");
        await server.SendAsync("42[\"e\",2]");
        await trace.UntilAsync(3);
        server.Cut();
        await trace.UntilAsync(4);
        Assert.Equal(["False", "e", "e", "True"], trace.Lines);
        Assert.Equal(["40{\"token\":\"t\"}", "40{\"pid\":\"p\",\"offset\":\"offset 1\",\"token\":\"t\"}"], server.Received);
    }

    [Fact, Trait("Spec", "CLI-AUTH-02"), Trait("Spec", "CLI-AUTH-03"), Trait("Spec", "CLI-AUTH-05"), Trait("Spec", "CLI-AUTH-06")]
    public async Task CredentialsAreAskedForEachTime()
    {
        await using var server = new FakeServer(_ => []);
        await using var manager = server.CreateManager();
        var trace = new Trace();
        var socket = Traced(manager.Socket(), trace);
        var late = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
        int calls = 0;
        socket.AuthProvider = _ => Interlocked.Increment(ref calls) switch
        {
            1 => throw new InvalidOperationException("no token"),
            2 => new(late.Task),
            _ => new(new { n = 3 }),
        };
        await Assert.ThrowsAsync<SocketConnectException>(() => socket.ConnectAsync().WithDeadline());
        await trace.UntilAsync("connect_error no token");
        Assert.True(socket.Active);
        socket.Connect();
        await Deadline.UntilAsync(() => calls == 2, "the second call");
        server.Cut();
        await socket.ConnectAsync().WithDeadline();
        late.SetResult(new { n = 2 });
        await socket.EmitAsync("end");
        await server.UntilAsync("42[\"end\"]");
        Assert.Equal(["40{\"n\":3}", "42[\"end\"]"], server.Received);
    }

    [Fact, Trait("Spec", "CLI-LIFE-03"), Trait("Spec", "CLI-LIFE-02")]
    public async Task ConnectingTwiceAsksOnce()
    {
        await using var server = new FakeServer(packet => packet.Contains("go", StringComparison.Ordinal) ? ["40/b,{\"sid\":\"x\"}"] : [], packet => packet == "40" ? ["40{\"sid\":\"m\"}"] : []);
        await using var manager = server.CreateManager();
        var main = manager.Socket();
        await main.ConnectAsync().WithDeadline();
        var socket = manager.Socket("/b");
        socket.Connect();
        socket.Connect();
        var connecting = socket.ConnectAsync();
        await main.EmitAsync("go");
        await connecting.WithDeadline();
        Assert.Equal(["40", "40/b,", "42[\"go\"]"], server.Received);
    }

    [Fact]
    public async Task ANamespaceThatIsGrantedTooLateIsLeft()
    {
        await using var server = new FakeServer(packet => packet.Contains("go", StringComparison.Ordinal) ? ["40/b,{\"sid\":\"x\"}"] : [], packet => packet == "40" ? ["40{\"sid\":\"m\"}"] : []);
        await using var manager = server.CreateManager();
        var main = manager.Socket();
        await main.ConnectAsync().WithDeadline();
        var socket = manager.Socket("/b");
        socket.Connect();
        await server.UntilAsync("40/b,");
        socket.Disconnect();
        await main.EmitAsync("go");
        await server.UntilAsync("41/b,");
        Assert.False(socket.Connected);
        Assert.True(main.Connected);
    }

    private static Trace Traced(SocketManager manager)
    {
        var trace = new Trace();
        manager.OnOpen(() => trace.Add("manager open"));
        manager.OnError(error => trace.Add($"manager error {error.Message}"));
        manager.OnClose(info => trace.Add($"manager close {info.Reason}"));
        manager.OnReconnectAttempt(n => trace.Add($"manager reconnect_attempt {n}"));
        manager.OnReconnect(n => trace.Add($"manager reconnect {n}"));
        manager.OnReconnectError(error => trace.Add($"manager reconnect_error {error.Message}"));
        manager.OnReconnectFailed(() => trace.Add("manager reconnect_failed"));
        return trace;
    }

    private static ClientSocket Traced(ClientSocket socket, Trace trace)
    {
        socket.OnConnected(() => trace.Add("connect"));
        socket.OnConnectError(error => trace.Add($"connect_error {error.Message}"));
        socket.OnDisconnected(info => trace.Add($"disconnect {info.Reason}"));
        return socket;
    }
}
