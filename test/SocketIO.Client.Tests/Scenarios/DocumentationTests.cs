using System.Text.Json;
using EngineIO.Client;
using SocketIO.Client.Tests.Peers;
using TestKit;

namespace SocketIO.Client.Tests.Scenarios;

/// <summary>What the documentation shows, one after the other.</summary>
public abstract class DocumentationTests(PeerKind kind, PeerPool pool) : PeerTest(kind, pool)
{
    [Fact, Trait("Spec", "CLI-SCN-01")]
    public async Task WhatIsEmittedAndRegisteredBeforeConnectIsDeliveredOnce()
    {
        var socket = NewSocket();
        var echo = socket.Watch<int>("echo");
        for (int i = 0; i < 5; i++) socket.Emit("echo", i);
        await socket.ConnectAsync().WithDeadline();
        Assert.Equal(5, await socket.EmitWithAckAsync<int>("echo", 5).WithDeadline());
        await echo.UntilAsync(5);
        Assert.Equal(["0", "1", "2", "3", "4"], echo.Lines);
    }

    [Fact, Trait("Spec", "CLI-SCN-03"), Trait("Spec", "CLI-AUTH-01"), Trait("Spec", "CLI-AUTH-06"), Trait("Spec", "CLI-REC-14")]
    public async Task ATokenIsRenewedWhenTheServerDeniesIt()
    {
        var socket = NewSocket(socket: new ClientSocketOptions { Auth = new { token = "bad" } });
        var trace = socket.Watch();
        socket.OnConnectError(error =>
        {
            if (error.Kind != ConnectErrorKind.Refused || error.GetData<JsonElement>().GetProperty("code").GetString() != "E_TOKEN") return;
            socket.Auth = new { token = "good" };
            socket.Connect();
        });
        socket.Connect();
        await trace.UntilAsync("connect");
        Assert.Equal(["connect_error: not authorized", "connect"], trace.Lines);
        Assert.Equal("good", (await socket.EmitWithAckAsync<JsonElement>("handshake").WithDeadline()).GetProperty("auth").GetProperty("token").GetString());
    }

    [Fact, Trait("Spec", "CLI-SCN-05"), Trait("Spec", "CLI-TR-05"), Trait("Spec", "CLI-PROXY-02")]
    public async Task WebSocketFirstThenTheClassicWay()
    {
        var proxy = NewProxy();
        proxy.WebSockets = WebSocketBlock.Refuse;
        var socket = NewSocket(configure: options => options.Transports = ["websocket", "polling"], address: proxy.Address);
        var trace = socket.Watch();
        socket.OnConnectError(_ => socket.Manager.Options.Transports = ["polling", "websocket"]);
        socket.Connect();
        await trace.UntilAsync("connect");
        Assert.Equal(["connect_error: websocket error", "connect"], trace.Lines);
        Assert.Equal("hi", await socket.EmitWithAckAsync<string>("echo", "hi").WithDeadline());
        Assert.Equal("polling", await socket.EmitWithAckAsync<string>("transport").WithDeadline());
    }

    [Theory, Trait("Spec", "CLI-TR-04"), Trait("Spec", "CLI-OPT-35")]
    [InlineData("websocket,polling")]
    [InlineData("polling,websocket")]
    public async Task AllTransportsAreTriedInOneAttempt(string transports)
    {
        var peer = await SharedPeerAsync(new() { Transports = transports.Split(',')[1] });
        var socket = NewSocket(configure: options =>
        {
            options.Transports = transports.Split(',');
            options.TryAllTransports = true;
            options.Reconnection = false;
        }, address: peer.Address);
        var trace = socket.Watch();
        await socket.ConnectAsync().WithDeadline();
        Assert.Equal(transports.Split(',')[1], await socket.EmitWithAckAsync<string>("transport").WithDeadline());
        Assert.Equal(["connect"], trace.Lines);
    }

    [Fact, Trait("Spec", "CLI-TR-10"), Trait("Spec", "CLI-PROXY-02")]
    public async Task BehindAProxyWithoutWebSocketsItStaysWithPolling()
    {
        var proxy = NewProxy();
        proxy.WebSockets = WebSocketBlock.Refuse;
        var socket = NewSocket(address: proxy.Address);
        var failed = new TaskCompletionSource<EngineClientException>();
        socket.Manager.OnOpen(() => socket.Manager.Engine!.UpgradeFailed += error => failed.TrySetResult(error));
        socket.Connect();
        await failed.Task.WithDeadline("the upgrade to fail");
        Assert.Equal("hi", await socket.EmitWithAckAsync<string>("echo", "hi").WithDeadline());
        Assert.Equal("polling", socket.Manager.Engine!.TransportName);
    }

    [Fact, Trait("Spec", "CLI-POLL-09"), Trait("Spec", "CLI-POLL-02")]
    public async Task PollingNeedsNoMoreThanTwoConnections()
    {
        var proxy = NewProxy();
        var socket = await ConnectAsync(configure: options => options.Transports = ["polling"], address: proxy.Address);
        for (int i = 0; i < 50; i++) Assert.Equal(i, await socket.EmitWithAckAsync<int>("echo", i).WithDeadline());
        Assert.InRange(proxy.ConnectionCount, 1, 2);
    }

    [Fact, Trait("Spec", "CLI-SCN-07"), Trait("Spec", "CLI-ERR-06"), Trait("Spec", "CLI-AUTH-07")]
    public async Task OneNamespaceIsDeniedTheOtherWorks()
    {
        var socket = await ConnectAsync();
        var trace = socket.Watch();
        var denied = socket.Manager.Socket("/no");
        await Assert.ThrowsAsync<SocketConnectException>(() => denied.ConnectAsync().WithDeadline());
        Assert.Equal("still here", await socket.EmitWithAckAsync<string>("echo", "still here").WithDeadline());
        Assert.Empty(trace.Lines);
        Assert.Equal((true, false), (socket.Connected, denied.Active));
    }

    [Fact, Trait("Spec", "CLI-SCN-12"), Trait("Spec", "CLI-OPT-41"), Trait("Spec", "CLI-COOK-02"), Trait("Spec", "CLI-COOK-01"), Trait("Spec", "CLI-COOK-05")]
    public async Task ABalancerWithCookiesNeedsCredentials()
    {
        var peer = await SharedPeerAsync(new() { Sticky = true });
        var socket = await ConnectAsync(configure: options =>
        {
            options.Transports = ["polling"];
            options.WithCredentials = true;
            options.ExtraHeaders["Cookie"] = "own=1";
        }, address: peer.Address);
        for (int i = 0; i < 5; i++) Assert.Equal(i, await socket.EmitWithAckAsync<int>("echo", i).WithDeadline());
        var headers = (await socket.EmitWithAckAsync<JsonElement>("handshake").WithDeadline()).GetProperty("headers");
        Assert.Equal("own=1", headers.GetProperty("cookie").GetString());
    }

    [Fact, Trait("Spec", "CLI-SCN-12"), Trait("Spec", "CLI-TRB-07"), Trait("Spec", "CLI-COOK-01"), Trait("Spec", "CLI-DISC-05")]
    public async Task WithoutThemTheOtherServerDoesNotKnowTheSession()
    {
        var peer = await SharedPeerAsync(new() { Sticky = true });
        var socket = NewSocket(configure: options => options.Transports = ["polling"], address: peer.Address);
        var closed = new TaskCompletionSource<DisconnectInfo>();
        socket.Manager.OnClose(info => closed.TrySetResult(info));
        var trace = socket.Manager.Watch();
        socket.Connect();
        var info = await closed.Task.WithDeadline();
        Assert.Equal(DisconnectReasons.TransportError, info.Reason);
        var details = Assert.IsType<EngineClientException>(info.Details);
        Assert.Equal((400, 1, "Session ID unknown"), (details.StatusCode, details.ServerCode, details.ServerMessage));
        await trace.UntilAsync("reconnect_attempt 1");
        Assert.False(socket.Connected);
    }

    [Theory, Trait("Spec", "CLI-SCN-13"), Trait("Spec", "CLI-DISC-05"), Trait("Spec", "CLI-DISC-04")]
    [InlineData("polling", "transport error")]
    [InlineData("websocket", "transport close")]
    public async Task ALargeMessageArrivesATooLargeOneEndsTheConnection(string transport, string reason)
    {
        var socket = await ConnectAsync(configure: options =>
        {
            options.Transports = [transport];
            options.Reconnection = false;
        });
        // In base 64, as polling writes it, the limit is a third nearer.
        byte[] large = new byte[transport == "polling" ? 700_000 : 900_000];
        Random.Shared.NextBytes(large);
        Assert.Equal(large, await socket.EmitWithAckAsync<byte[]>("echo", large).WithDeadline());

        var ended = new TaskCompletionSource<DisconnectInfo>();
        socket.OnDisconnected(info => ended.TrySetResult(info));
        socket.Emit("echo", new byte[1_100_000]);
        var info = await ended.Task.WithDeadline();
        Assert.Equal(reason, info.Reason);
        var details = Assert.IsType<EngineClientException>(info.Details);
        if (transport == "polling") Assert.Equal(("xhr post error", 413), (details.Message, details.StatusCode));
        else Assert.Equal(1009, details.CloseCode);
    }

    public sealed class OnNode(PeerPool pool) : DocumentationTests(PeerKind.Official, pool);

    public sealed class OnDotNet(PeerPool pool) : DocumentationTests(PeerKind.DotNet, pool);
}
