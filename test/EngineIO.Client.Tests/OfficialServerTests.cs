using TestKit;

namespace EngineIO.Client.Tests;

/// <summary>The same over the official server.</summary>
public sealed class OfficialServerTests
{
    public static TheoryData<string> Transports => ["polling", "websocket", "polling+websocket"];

    [Theory]
    [MemberData(nameof(Transports))]
    [Trait("Behaviour", "engine.io-client/test/arraybuffer/polling.js:8")]
    [Trait("Behaviour", "engine.io-client/test/arraybuffer/polling.js:28")]
    [Trait("Behaviour", "engine.io-client/test/arraybuffer/ws.js:7")]
    [Trait("Behaviour", "engine.io-client/test/arraybuffer/ws.js:30")]
    [Trait("Behaviour", "engine.io-client/test/connection.js:9")]
    [Trait("Behaviour", "engine.io-client/test/connection.js:20")]
    [Trait("Behaviour", "engine.io-client/test/connection.js:33")]
    [Trait("Behaviour", "engine.io-client/test/connection.js:46")]
    public async Task Greeting_text_and_bytes(string transports)
    {
        await using var server = await NodeServer.StartAsync("engineio.mjs");
        var recorder = new Recorder();
        await using var engine = await ConnectAsync(server, recorder, transports);
        Assert.Equal("hi", await recorder.NextAsync());
        foreach (string text in (string[])["cash money €€€", "\U00010000-\U000EFFFF\U000F0000-\U0010FFFF\uE000-\uF8FF"])
        {
            engine.Enqueue(EngineFrame.Message(text));
            Assert.Equal(text, await recorder.NextAsync());
        }

        engine.Enqueue(EngineFrame.Binary(new byte[] { 0, 1, 2, 3, 4 }), (EngineFrame[])[EngineFrame.Message("give utf8"), EngineFrame.Message("give binary")]);
        Assert.Equal(["0001020304", "пойду спать всем спокойной ночи", "0001020304"], await recorder.NextAsync(3));
        await UpgradedAsync(engine, transports);
        engine.Enqueue(EngineFrame.Binary(new byte[] { 7 }));
        Assert.Equal("07", await recorder.NextAsync());
        engine.Close();
        Assert.Equal("transport close", (await server.EventAsync("close")).GetProperty("reason").GetString());
        await engine.Completion.WithDeadline("the end");
    }

    [Theory]
    [Trait("Spec", "CLI-OPT-37")]
    [MemberData(nameof(Transports))]
    [Trait("Behaviour", "engine.io-client/test/arraybuffer/polling.js:56")]
    [Trait("Behaviour", "engine.io-client/test/arraybuffer/ws.js:60")]
    public async Task Base64_is_understood(string transports)
    {
        await using var server = await NodeServer.StartAsync("engineio.mjs");
        var recorder = new Recorder();
        await using var engine = await ConnectAsync(server, recorder, transports, new() { ForceBase64 = true });
        await recorder.NextAsync();
        await UpgradedAsync(engine, transports);
        engine.Enqueue(EngineFrame.Binary(new byte[] { 0, 1, 2, 3, 4 }));

        Assert.Equal("0001020304", await recorder.NextAsync());
    }

    [Theory]
    [Trait("Spec", "CLI-HB-01")]
    [MemberData(nameof(Transports))]
    public async Task Heartbeat_keeps_the_session(string transports)
    {
        await using var server = await NodeServer.StartAsync("engineio.mjs", new { server = new { pingInterval = 100, pingTimeout = 5000 } });
        var recorder = new Recorder();
        await using var engine = await ConnectAsync(server, recorder, transports);
        await Deadline.UntilAsync(() => recorder.Pings >= 3, "three pings");

        Assert.Equal(EngineClientState.Open, engine.State);
    }

    [Theory]
    [Trait("Spec", "CLI-DISC-04")]
    [InlineData("polling", "transport closed by the server")]
    [InlineData("websocket", "websocket connection closed")]
    public async Task Server_closes(string transport, string details)
    {
        await using var server = await NodeServer.StartAsync("engineio.mjs");
        var recorder = new Recorder();
        await using var engine = await ConnectAsync(server, recorder, transport);
        await recorder.NextAsync();
        engine.Enqueue(EngineFrame.Message("close"));

        var (reason, error) = await recorder.ClosedAsync();
        Assert.Equal(("transport close", details), (reason, error!.Message));
    }

    [Fact]
    [Trait("Spec", "CLI-DISC-05")]
    [Trait("Behaviour", "engine.io-client/test/connection.js:100")]
    [Trait("Behaviour", "engine.io-client/test/socket.js:187")]
    public async Task Polling_message_over_the_limit_is_a_transport_error_with_413()
    {
        await using var server = await NodeServer.StartAsync("engineio.mjs", new { server = new { maxHttpBufferSize = 100 } });
        var recorder = new Recorder();
        await using var engine = await ConnectAsync(server, recorder, "polling");
        engine.Enqueue(EngineFrame.Message(new string('a', 101)));

        var (reason, error) = await recorder.ClosedAsync();
        Assert.Equal(("transport error", "xhr post error", 413, ""), (reason, error!.Message, error.StatusCode, error.ResponseBody));
    }

    [Fact]
    [Trait("Spec", "CLI-DISC-04")]
    [Trait("Behaviour", "engine.io-client/test/socket.js:214")]
    public async Task WebSocket_message_over_the_limit_is_a_transport_close_with_1009()
    {
        await using var server = await NodeServer.StartAsync("engineio.mjs", new { server = new { maxHttpBufferSize = 100 } });
        var recorder = new Recorder();
        await using var engine = await ConnectAsync(server, recorder, "websocket");
        engine.Enqueue(EngineFrame.Message(new string('a', 101)));

        var (reason, error) = await recorder.ClosedAsync();
        Assert.Equal(("transport close", "websocket connection closed", 1009, ""), (reason, error!.Message, error.CloseCode, error.CloseDescription));
    }

    [Fact]
    [Trait("Spec", "CLI-TRB-07")]
    [Trait("Behaviour", "engine.io-client/test/socket.js:236")]
    public async Task Unknown_sid_over_polling_is_a_transport_error_with_the_servers_words()
    {
        await using var server = await NodeServer.StartAsync("engineio.mjs");
        var recorder = new Recorder();
        await using var engine = await ConnectAsync(server, recorder, "polling");
        await recorder.NextAsync();
        await server.CallAsync("forget", engine.Id);
        engine.Enqueue(EngineFrame.Message("x"));

        var (reason, error) = await recorder.ClosedAsync();
        Assert.Equal(("transport error", 400, """{"code":1,"message":"Session ID unknown"}"""), (reason, error!.StatusCode, error.ResponseBody));
        Assert.Equal((1, "Session ID unknown"), (error.ServerCode, error.ServerMessage));
    }

    [Theory]
    [InlineData("polling", "xhr poll error", 403)]
    [InlineData("websocket", "websocket error", 400)]
    [Trait("Behaviour", "engine.io-client/test/socket.js:92")]
    public async Task Refusal_is_an_error(string transport, string message, int status)
    {
        await using var server = await NodeServer.StartAsync("engineio.mjs");
        var error = await Assert.ThrowsAsync<EngineClientException>(() => ConnectAsync(server, new(), transport, new() { Query = { ["deny"] = "1" } }));

        Assert.Equal((message, status), (error.Message, error.StatusCode));
    }

    [Theory]
    [Trait("Spec", "EIO-HB-08")]
    [Trait("Spec", "EIO3-10")]
    [MemberData(nameof(Transports))]
    public async Task Revision_3(string transports)
    {
        await using var server = await NodeServer.StartAsync("engineio.mjs", new { server = new { allowEIO3 = true, pingInterval = 100, pingTimeout = 5000 } });
        var recorder = new Recorder();
        await using var engine = await ConnectAsync(server, recorder, transports, new() { Revision = EngineRevision.V3 });
        Assert.Equal("hi", await recorder.NextAsync());
        int pongs = 0;
        engine.PacketReceived += packet => pongs += packet.Type == EnginePacketType.Pong ? 1 : 0;
        engine.Enqueue(EngineFrame.Message("€ 🚀"), (EngineFrame[])[EngineFrame.Binary(new byte[] { 1, 2, 3 })]);
        Assert.Equal(["€ 🚀", "010203"], await recorder.NextAsync(2));
        await UpgradedAsync(engine, transports);
        await Deadline.UntilAsync(() => Volatile.Read(ref pongs) >= 2, "two pongs");
        Assert.Equal(3, (await server.EventAsync("connection")).GetProperty("protocol").GetInt32());
    }

    private static Task<EngineClient> ConnectAsync(NodeServer server, Recorder recorder, string transports, EngineClientOptions? options = null)
    {
        options ??= new();
        options.Transports = transports.Split('+');
        return EngineClient.ConnectAsync(server.Address, recorder, options);
    }

    private static Task UpgradedAsync(EngineClient engine, string transports) =>
        transports.Contains('+', StringComparison.Ordinal) ? Deadline.UntilAsync(() => engine.TransportName == "websocket", "the upgrade") : Task.CompletedTask;
}
