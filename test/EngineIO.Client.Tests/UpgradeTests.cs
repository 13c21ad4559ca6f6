using TestKit;

namespace EngineIO.Client.Tests;

/// <summary>From polling to WebSocket while messages flow.</summary>
public sealed class UpgradeTests
{
    private const string WebSocketOffered = "\"websocket\"";

    [Fact]
    [Trait("Spec", "EIO-UPG-13")]
    [Trait("Spec", "CLI-TR-02")]
    [Trait("Spec", "CLI-TR-11")]
    [Trait("Spec", "CLI-STATE-07")]
    [Trait("Spec", "CLI-STATE-08")]
    public async Task Switch_waits_for_the_requests_and_what_is_sent_waits_for_the_switch()
    {
        var gate = new TaskCompletionSource();
        await using var server = new ScriptedEngine { Handshake = ScriptedEngine.Open(WebSocketOffered) };
        server.Intercept = async exchange =>
        {
            if (exchange.Request.Method == "POST") await gate.Task;
            return false;
        };
        var recorder = new Recorder();
        var events = new List<string>();
        var engine = new EngineClient(server.Address, new() { CloseTimeout = TimeSpan.FromMilliseconds(200) }) { Handler = recorder };
        await using var _ = engine;
        engine.Upgrading += name =>
        {
            events.Add($"upgrading {name}, {engine.IsUpgrading}");
            engine.Enqueue(EngineFrame.Message("while upgrading"));
        };
        engine.Upgraded += name => events.Add($"upgraded {name}, {engine.IsUpgrading}");
        engine.Open();
        await recorder.OpenedAsync();
        engine.Enqueue(EngineFrame.Message("posted"));
        var webSocket = await ProbeUntilPauseAsync(server, engine);
        Assert.False(engine.IsWritable);

        gate.SetResult();
        Assert.Equal("5", await server.ReceiveUpgradeAsync(webSocket));
        Assert.Equal(0, server.InFlight);
        Assert.Equal("4while upgrading", await webSocket.ReceiveTextAsync());
        await webSocket.SendTextAsync("4over the WebSocket");
        Assert.Equal("over the WebSocket", await recorder.NextAsync());
        Assert.Equal(("websocket", false), (engine.TransportName, engine.IsUpgrading));
        Assert.Equal(["upgrading websocket, True", "upgraded websocket, False"], events);
        Assert.Equal(["4posted"], server.Posted);
    }

    [Fact]
    [Trait("Spec", "CLI-EMIT-12")]
    public async Task Order_is_kept_across_the_upgrade_in_both_directions()
    {
        await using var server = await EchoServer.StartAsync();
        var recorder = new Recorder();
        await using var engine = await EngineClient.ConnectAsync(server.BaseAddress, recorder);
        int sent = 0;
        for (bool isUpgraded = false; !isUpgraded || sent < 3000; sent++)
        {
            isUpgraded |= engine.TransportName == "websocket";
            engine.Enqueue(EngineFrame.Message($"{sent}"));
            // Not faster than they come back.
            Assert.Equal($"{sent}", sent % 10 == 9 ? (await recorder.NextAsync(10))[9] : $"{sent}");
        }

        engine.Enqueue(EngineFrame.Message("end"));
        var rest = await recorder.NextAsync(sent % 10 + 1);
        Assert.Equal([.. Enumerable.Range(sent - sent % 10, sent % 10).Select(i => $"{i}"), "end"], rest);
    }

    [Theory]
    [Trait("Spec", "EIO-UPG-14")]
    [Trait("Spec", "CLI-TR-10")]
    [InlineData("3")]
    [InlineData("3other")]
    [InlineData("4x")]
    [InlineData("6")]
    public async Task Answer_that_is_no_pong_fails_the_upgrade_alone(string answer)
    {
        await using var server = new ScriptedEngine { Handshake = ScriptedEngine.Open(WebSocketOffered) };
        var (engine, recorder, failed) = Start(server.Address);
        await using var _ = engine;
        var webSocket = await server.NextWebSocketAsync();
        await webSocket.ReceiveTextAsync();
        await webSocket.SendTextAsync(answer);

        var error = await failed.WithDeadline("the failure");
        Assert.Equal(("probe error", EngineClientStage.Probe, "websocket"), (error.Message, error.Stage, error.Transport));
        Assert.True((await webSocket.ReceiveEndAsync()).IsEnd);
        server.Say("4still here");
        Assert.Equal("still here", await recorder.NextAsync());
        Assert.Equal("polling", engine.TransportName);
        engine.Enqueue(EngineFrame.Message("and there"));
        Assert.Equal("4and there", await server.NextPostAsync());
    }

    [Fact]
    public async Task WebSocket_that_dies_during_the_switch_leaves_the_session_on_polling()
    {
        await using var server = new ScriptedEngine { Handshake = ScriptedEngine.Open(WebSocketOffered) };
        var (engine, recorder, failed) = Start(server.Address);
        await using var _ = engine;
        var webSocket = await ProbeUntilPauseAsync(server, engine);
        engine.Enqueue(EngineFrame.Message("waits"));
        webSocket.Wire.Reset();

        Assert.Equal("probe error: transport closed", (await failed.WithDeadline("the failure")).Message);
        Assert.Equal("4waits", await server.NextPostAsync());
        server.Say("4a");
        server.Say("4b");
        Assert.Equal(["a", "b"], await recorder.NextAsync(2));
    }

    [Theory]
    [Trait("Spec", "CLI-TR-10")]
    [Trait("Spec", "CLI-PROXY-02")]
    [InlineData(WebSocketBlock.Refuse)]
    [InlineData(WebSocketBlock.Cut)]
    [InlineData(WebSocketBlock.Swallow)]
    public async Task Proxy_that_knows_no_WebSockets_leaves_the_session_on_polling(WebSocketBlock block)
    {
        await using var server = await EchoServer.StartAsync();
        await using var proxy = FaultyProxy.Start(server.BaseAddress);
        proxy.WebSockets = block;
        var (engine, recorder, failed) = Start(proxy.Address);
        await using (engine)
        {
            await recorder.OpenedAsync();
            if (block != WebSocketBlock.Swallow) Assert.StartsWith("probe error", (await failed.WithDeadline("the failure")).Message, StringComparison.Ordinal);
            engine.Enqueue(EngineFrame.Message("x"));

            Assert.Equal("x", await recorder.NextAsync());
            Assert.Equal("polling", engine.TransportName);
            Assert.Equal(EngineClientState.Open, engine.State);
            engine.Close();
            await engine.Completion.WithDeadline("the end");
        }
    }

    [Fact]
    [Trait("Spec", "CLI-TR-09")]
    [Trait("Spec", "CLI-OPT-34")]
    public async Task No_probe_where_upgrades_are_off()
    {
        await using var server = new ScriptedEngine { Handshake = ScriptedEngine.Open(WebSocketOffered) };
        var recorder = new Recorder();
        await using var engine = await EngineClient.ConnectAsync(server.Address, recorder, new() { Upgrade = false });
        server.Say("4x");
        await recorder.NextAsync();
        await server.Server.RequestsAsync(3);

        Assert.All(server.Server.Requests, request => Assert.Equal("polling", request.Query["transport"]));
    }

    [Fact]
    [Trait("Behaviour", "engine.io-client/test/socket.js:17")]
    public async Task Offered_upgrades_are_limited_to_the_clients_own_transports()
    {
        await using var server = new ScriptedEngine { Handshake = ScriptedEngine.Open("""
            "polling","x","websocket","websocket","webtransport","__proto__"
            """) };
        var (engine, recorder, _) = Start(server.Address);
        await using var _1 = engine;
        await server.NextWebSocketAsync();
        server.Say("4x");
        await recorder.NextAsync();
        await server.Server.RequestsAsync(4);
        Assert.Single(server.Server.Requests, request => request.Query["transport"] == "websocket");

        await using var polling = await EngineClient.ConnectAsync(server.Address, new EngineClientOptions { Transports = ["polling"] });
        await server.Server.RequestsAsync(6);
        Assert.Single(server.Server.Requests, request => request.Query["transport"] == "websocket");
    }

    [Fact]
    [Trait("Spec", "CLI-TR-12")]
    [Trait("Spec", "CLI-CLS-01")]
    [Trait("Spec", "CLI-STATE-09")]
    [Trait("Behaviour", "engine.io-client/test/connection.js:142")]
    [Trait("Behaviour", "engine.io-client/test/connection.js:179")]
    [Trait("Behaviour", "engine.io-client/test/connection.js:197")]
    public async Task Close_waits_for_the_upgrade_and_for_what_was_sent()
    {
        await using var server = new ScriptedEngine { Handshake = ScriptedEngine.Open(WebSocketOffered) };
        var (engine, recorder, _) = Start(server.Address, closeTimeout: 5000);
        await using var _1 = engine;
        var webSocket = await ProbeUntilPauseAsync(server, engine);
        engine.Enqueue(EngineFrame.Message("before"));
        engine.Close();
        engine.Enqueue(EngineFrame.Message("after"));
        Assert.Equal((EngineClientState.Closing, 1), (engine.State, engine.QueuedPackets));
        Assert.Equal(0, recorder.Closings);

        Assert.Equal(["5", "4before"], new[] { await server.ReceiveUpgradeAsync(webSocket), await webSocket.ReceiveTextAsync() });
        Assert.Equal(("forced close", null), await recorder.ClosedAsync());
        Assert.Equal(1000, (await webSocket.ReceiveEndAsync()).CloseCode);
        await webSocket.SendCloseAsync(1000);
    }

    [Fact]
    [Trait("Spec", "CLI-TR-12")]
    [Trait("Behaviour", "engine.io-client/test/connection.js:160")]
    public async Task Close_goes_on_where_the_upgrade_fails()
    {
        await using var server = new ScriptedEngine { Handshake = ScriptedEngine.Open(WebSocketOffered) };
        var (engine, recorder, _) = Start(server.Address, closeTimeout: 5000);
        await using var _1 = engine;
        var webSocket = await ProbeUntilPauseAsync(server, engine);
        engine.Close();
        Assert.Equal(EngineClientState.Closing, engine.State);
        webSocket.Wire.Reset();

        Assert.Equal(("forced close", null), await recorder.ClosedAsync());
        Assert.Equal("1", await server.NextPostAsync());
    }

    [Fact]
    public async Task Session_that_ends_takes_its_probe_along()
    {
        await using var server = new ScriptedEngine { Handshake = ScriptedEngine.Open(WebSocketOffered) };
        var (engine, recorder, failed) = Start(server.Address);
        await using var _ = engine;
        var webSocket = await server.NextWebSocketAsync();
        await webSocket.ReceiveTextAsync();
        server.Say("1");

        Assert.Equal("transport close", (await recorder.ClosedAsync()).Reason);
        Assert.Equal("probe error: socket closed", (await failed.WithDeadline("the failure")).Message);
        Assert.True((await webSocket.ReceiveEndAsync()).IsEnd);
    }

    private static (EngineClient Engine, Recorder Recorder, Task<EngineClientException> Failed) Start(Uri address, int closeTimeout = 200)
    {
        var recorder = new Recorder();
        var failed = new TaskCompletionSource<EngineClientException>(TaskCreationOptions.RunContinuationsAsynchronously);
        var engine = new EngineClient(address, new() { CloseTimeout = TimeSpan.FromMilliseconds(closeTimeout) }) { Handler = recorder };
        engine.UpgradeFailed += failed.SetResult;
        engine.Open();
        return (engine, recorder, failed.Task);
    }

    /// <summary>Answers the client's probe; its requests are paused then, and the client is about to switch.</summary>
    private static async Task<ScriptedWebSocket> ProbeUntilPauseAsync(ScriptedEngine server, EngineClient engine)
    {
        var webSocket = await server.NextWebSocketAsync();
        Assert.Equal("2probe", await webSocket.ReceiveTextAsync());
        Assert.Equal("polling", engine.TransportName);
        await webSocket.SendTextAsync("3probe");
        await Deadline.UntilAsync(() => engine.IsUpgrading, "the pause");
        return webSocket;
    }
}
