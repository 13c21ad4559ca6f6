using System.Text.Json;
using SocketIO.Client.Tests.Peers;
using TestKit;

namespace SocketIO.Client.Tests.Behaviours;

/// <summary>The official client's own tests of a socket: its id, its errors, what it sends with its handshake.</summary>
public abstract class SocketTests(PeerKind kind, PeerPool pool) : PeerTest(kind, pool)
{
    [Theory, Trait("Spec", "CLI-LIFE-07"), Trait("Spec", "CLI-NET-10")]
    [InlineData("/")]
    [InlineData("/foo")]
    [Trait("Behaviour", "socket.io-client/test/socket.ts:6"), Trait("Behaviour", "socket.io-client/test/socket.ts:20"), Trait("Behaviour", "socket.io-client/test/socket.ts:33")]
    public async Task TheIdIsTheServersSocketsAndNotTheEngines(string ns)
    {
        var socket = NewSocket(ns);
        Assert.Null(socket.Id);
        await socket.ConnectAsync().WithDeadline();
        Assert.Equal(await socket.EmitWithAckAsync<string>("id").WithDeadline(), socket.Id);
        Assert.Equal(await socket.EmitWithAckAsync<string>("engine id").WithDeadline(), socket.Manager.Engine!.Id);
        Assert.NotEqual(socket.Id, socket.Manager.Engine.Id);
        socket.OnDisconnected(_ => Assert.Null(socket.Id));
        var trace = socket.Watch();
        socket.Disconnect();
        await trace.UntilAsync("disconnect: io client disconnect");
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/socket.ts:47"), Trait("Spec", "CLI-LIFE-08")]
    public async Task DisconnectWhileOpeningIsNoError()
    {
        var socket = NewSocket();
        var trace = socket.Watch(socket.Manager.Watch());
        socket.Connect();
        var engine = socket.Manager.Engine!;
        socket.Disconnect();
        await engine.Completion.WithDeadline("the attempt to be gone");
        Assert.DoesNotContain(trace.Lines, line => line.Contains("error", StringComparison.Ordinal) || line == "connect");
        Assert.False(socket.Active);
    }

    [Theory, Trait("Behaviour", "socket.io-client/test/socket.ts:60"), Trait("Spec", "CLI-ERR-01"), Trait("Spec", "CLI-TRB-01"), Trait("Spec", "CLI-ENV-03")]
    [InlineData("polling", "xhr poll error")]
    [InlineData("websocket", "websocket error")]
    public async Task NobodyThereIsAConnectError(string transport, string message)
    {
        var socket = NewSocket(configure: options => options.Transports = [transport], address: Ports.Nowhere());
        var failed = new TaskCompletionSource<SocketConnectException>();
        socket.OnConnectError(error => failed.TrySetResult(error));
        socket.Connect();
        var error = await failed.Task.WithDeadline();
        Assert.Equal((message, ConnectErrorKind.Transport, transport, true), (error.Message, error.Kind, error.Transport, socket.Active));
        Assert.NotNull(error.InnerException);
    }

    [Theory, Trait("Behaviour", "socket.io-client/test/socket.ts:73"), Trait("Behaviour", "socket.io-client/test/socket.ts:89"), Trait("Spec", "CLI-MGR-04")]
    [InlineData("polling")]
    [InlineData("websocket")]
    public async Task ATimeoutOfNothingIsAConnectError(string transport)
    {
        var peer = await SharedPeerAsync(new() { Delay = 300 });
        var socket = NewSocket(configure: options =>
        {
            options.Transports = [transport];
            options.ConnectTimeout = TimeSpan.Zero;
            options.Reconnection = false;
        }, address: peer.Address);
        var trace = socket.Watch();
        socket.Connect();
        await trace.UntilAsync("connect_error: timeout");
        Assert.Null(socket.Manager.Engine);
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/socket.ts:105"), Trait("Spec", "CLI-LIFE-06")]
    public async Task LosingAConnectionIsNoConnectError()
    {
        var socket = await ConnectAsync();
        var trace = socket.Watch();
        socket.Manager.Engine!.Close();
        await trace.UntilAsync("connect");
        Assert.Equal(["disconnect: forced close", "connect"], trace.Lines);
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/socket.ts:121")]
    public async Task TheIdChangesWithAReconnectionAndIsNullBetween()
    {
        var peer = await SharedPeerAsync(new());
        var socket = await ConnectAsync(address: peer.Address);
        string? id = socket.Id;
        var trace = socket.Watch();
        socket.Manager.OnReconnectAttempt(_ => Assert.Null(socket.Id));
        socket.Manager.Engine!.Close();
        await trace.UntilAsync("connect");
        Assert.NotEqual(id, socket.Id);
    }

    [Theory, Trait("Spec", "CLI-EMIT-06"), Trait("Spec", "CLI-EMIT-07")]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Behaviour", "socket.io-client/test/socket.ts:142"), Trait("Behaviour", "socket.io-client/test/socket.ts:156")]
    public async Task EitherWayOfCompressingArrives(bool isCompressed)
    {
        var socket = await ConnectAsync(configure: options => options.Transports = ["websocket"]);
        string text = new('x', 5000);
        Assert.Equal(text, await socket.Compress(isCompressed).EmitWithAckAsync<string>("echo", text).WithDeadline());
    }

    [Theory, Trait("Spec", "CLI-OPT-32"), Trait("Spec", "CLI-URL-05"), Trait("Spec", "CLI-URL-01")]
    [InlineData("/", "e", "f")]
    [InlineData("/?c=d", "c", "d")]
    [InlineData("/abc", "a", "b")]
    [InlineData("/abc?b=c&d=e", "b", "c", "d", "e")]
    [InlineData("/abc", "&a", "&=?a")]
    [Trait("Behaviour", "socket.io-client/test/socket.ts:171"), Trait("Behaviour", "socket.io-client/test/socket.ts:186"), Trait("Behaviour", "socket.io-client/test/socket.ts:198")]
    [Trait("Behaviour", "socket.io-client/test/socket.ts:213"), Trait("Behaviour", "socket.io-client/test/socket.ts:226")]
    public async Task TheQueryReachesTheHandshake(string url, params string[] pairs)
    {
        await using var factory = new SocketIOClientFactory();
        var options = new SocketManagerOptions();
        for (int i = 0; !url.Contains('?', StringComparison.Ordinal) && i < pairs.Length; i += 2) options.Query[pairs[i]] = pairs[i + 1];
        var socket = factory.Socket(Peer.Address.GetLeftPart(UriPartial.Authority) + url, options);
        socket.Connect();
        var handshake = await socket.EmitWithAckAsync<JsonElement>("handshake").WithDeadline();
        for (int i = 0; i < pairs.Length; i += 2) Assert.Equal(pairs[i + 1], handshake.GetProperty("query").GetProperty(pairs[i]).GetString());
        Assert.StartsWith("/socket.io/?", handshake.GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Theory, Trait("Spec", "CLI-AUTH-01"), Trait("Spec", "CLI-AUTH-02"), Trait("Spec", "CLI-OPT-60")]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Behaviour", "socket.io-client/test/socket.ts:243"), Trait("Behaviour", "socket.io-client/test/socket.ts:260")]
    public async Task TheCredentialsReachTheHandshakeAndNotTheQuery(bool isProvided)
    {
        object auth = new { a = "b", c = "d" };
        var options = isProvided
            ? new ClientSocketOptions
            {
                AuthProvider = async _ =>
                {
                    await Task.Yield();
                    return auth;
                },
            }
            : new ClientSocketOptions { Auth = auth };
        var socket = NewSocket("/abc", socket: options);
        var handshake = new TaskCompletionSource<JsonElement>();
        socket.On<JsonElement>("handshake", data => handshake.TrySetResult(data));
        socket.Connect();
        var data = await handshake.Task.WithDeadline();
        Assert.Equal("{\"a\":\"b\",\"c\":\"d\"}", data.GetProperty("auth").GetRawText());
        Assert.False(data.GetProperty("query").TryGetProperty("a", out _));
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/socket.ts:277"), Trait("Behaviour", "socket.io-client/test/socket.ts:289")]
    [Trait("Spec", "CLI-ERR-02"), Trait("Spec", "CLI-ERR-03")]
    public async Task ARefusalByAMiddlewareIsTheEndOfIt()
    {
        var socket = NewSocket("/no");
        var trace = socket.Watch(socket.Manager.Watch());
        var error = await Assert.ThrowsAsync<SocketConnectException>(() => socket.ConnectAsync().WithDeadline());
        Assert.Equal(("Auth failed (custom namespace)", ConnectErrorKind.Refused, false), (error.Message, error.Kind, socket.Active));
        await trace.UntilAsync(3);
        // Longer than a reconnection would wait.
        await Task.Delay(60);
        Assert.Equal(["open", "close: forced close", "connect_error: Auth failed (custom namespace)"], trace.Lines);
    }

    [Fact, Trait("Spec", "CLI-ERR-02")]
    public async Task TheDataOfARefusalCanBeRead()
    {
        var socket = NewSocket(socket: new ClientSocketOptions { Auth = new { token = "bad" } });
        var error = await Assert.ThrowsAsync<SocketConnectException>(() => socket.ConnectAsync().WithDeadline());
        Assert.Equal("E_TOKEN", error.GetData<JsonElement>().GetProperty("code").GetString());
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/socket.ts:311"), Trait("Spec", "CLI-LIFE-09"), Trait("Spec", "CLI-LIFE-12")]
    public async Task DisconnectAndConnectInARow()
    {
        var socket = await ConnectAsync(configure: options => options.Transports = ["websocket"]);
        var trace = socket.Watch();
        socket.Disconnect();
        socket.Connect();
        await trace.UntilAsync("connect");
        Assert.Equal(["disconnect: io client disconnect", "connect"], trace.Lines);
        Assert.Equal(socket.Id, await socket.EmitWithAckAsync<string>("id").WithDeadline());
    }

    [Theory, Trait("Behaviour", "socket.io-client/test/socket.ts:335"), Trait("Spec", "CLI-EMIT-01")]
    [InlineData("connect")]
    [InlineData("connect_error")]
    [InlineData("disconnect")]
    [InlineData("disconnecting")]
    [InlineData("newListener")]
    [InlineData("removeListener")]
    public void ReservedNamesAreNotEmitted(string name)
    {
        var error = Assert.Throws<ArgumentException>(() => NewSocket("/no").Emit(name, "goodbye"));
        Assert.Contains($"\"{name}\" is a reserved event name", error.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/socket.ts:343"), Trait("Spec", "CLI-EMIT-03"), Trait("Spec", "CLI-LIFE-05")]
    public async Task WhatWaitedIsSentBeforeWhatIsEmittedOnConnect()
    {
        var socket = NewSocket();
        var echo = socket.Watch<string>("echo");
        socket.OnConnected(() => socket.Emit("echo", "second"));
        socket.Emit("echo", "first");
        Assert.Equal(1, socket.BufferedEvents);
        socket.Connect();
        await echo.UntilAsync(2);
        Assert.Equal(["first", "second"], echo.Lines);
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/socket.ts:365"), Trait("Spec", "CLI-ACK-04"), Trait("Spec", "CLI-NET-04")]
    public async Task EmitsAndAwaitsTheAnswer()
    {
        var socket = NewSocket();
        socket.Connect();
        Assert.Equal(123, await socket.EmitWithAckAsync<int>("echo", 123).WithDeadline());
    }

    [Theory, Trait("Spec", "CLI-EMIT-05")]
    [InlineData("polling")]
    [InlineData("websocket")]
    [Trait("Behaviour", "socket.io-client/test/socket.ts:377"), Trait("Behaviour", "socket.io-client/test/socket.ts:411")]
    public async Task AVolatileEventIsSentOnAnIdleTransportOnly(string transport)
    {
        var socket = NewSocket(configure: options => options.Transports = [transport]);
        var echo = socket.Watch<string>("echo");
        await socket.Volatile.EmitAsync("echo", "never");
        socket.Emit("echo", "first");
        await socket.ConnectAsync().WithDeadline();
        await echo.UntilAsync("first");
        await Deadline.UntilAsync(() => socket.Manager.Engine!.IsWritable, "the transport to be idle");
        await socket.Volatile.EmitAsync("echo", "idle");
        await echo.UntilAsync("idle");
        Assert.Equal(["first", "idle"], echo.Lines);
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/socket.ts:394"), Trait("Spec", "CLI-EMIT-05")]
    public async Task AVolatileEventIsDroppedWhileTheTransportIsBusy()
    {
        var socket = await ConnectAsync(configure: options => options.Transports = ["polling"]);
        var echo = socket.Watch<string>("echo");
        await Deadline.UntilAsync(() => socket.Manager.Engine!.IsWritable, "the transport to be idle");
        // More than one POST may hold: the transport is busy for longer than a test needs.
        socket.Emit("echo", new string('x', 900_000));
        socket.Volatile.Emit("echo", "never");
        socket.Emit("echo", "last");
        await echo.UntilAsync("last");
        Assert.DoesNotContain("never", echo.Lines);
    }

    public sealed class OnNode(PeerPool pool) : SocketTests(PeerKind.Official, pool);

    public sealed class OnDotNet(PeerPool pool) : SocketTests(PeerKind.DotNet, pool);
}
