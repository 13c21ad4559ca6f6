using TestKit;

namespace EngineIO.Client.Tests;

/// <summary>A session over a WebSocket alone, as a server sees it.</summary>
public sealed class WebSocketTests
{
    [Fact]
    [Trait("Spec", "CLI-WS-01")]
    [Trait("Spec", "CLI-WS-06")]
    [Trait("Spec", "CLI-TR-03")]
    [Trait("Spec", "CLI-OPT-44")]
    [Trait("Spec", "CLI-OPT-47")]
    [Trait("Spec", "CLI-OPT-45")]
    [Trait("Spec", "CLI-OPT-47")]
    [Trait("Behaviour", "engine.io-client/test/transport.js:272")]
    [Trait("Behaviour", "engine.io-client/test/transport.js:348")]
    public async Task Handshake_carries_headers_and_sub_protocols()
    {
        await using var server = new ScriptedEngine { Intercept = async exchange =>
        {
            var socket = await exchange.UpgradeAsync(("Sec-WebSocket-Protocol", "two"));
            await socket.SendTextAsync(ScriptedEngine.Open());
            await socket.ReceiveEndAsync();
            return true;
        } };
        var options = Options();
        options.ExtraHeaders["X-Custom"] = "both";
        options.TransportOptions["websocket"] = new() { ExtraHeaders = new Dictionary<string, string> { ["X-Custom"] = "own", ["Origin"] = "http://me" } };
        options.Protocols = ["one", "two"];
        await using var engine = await EngineClient.ConnectAsync(server.Address, options);

        var request = Assert.Single(server.Server.Requests);
        Assert.Equal("/engine.io/?EIO=4&transport=websocket", request.Target);
        Assert.Equal(("own", "http://me"), (request.Header("x-custom"), request.Header("origin")));
        Assert.Equal("one,two", request.Header("sec-websocket-protocol")!.Replace(" ", "", StringComparison.Ordinal));
        Assert.Contains("permessage-deflate", request.Header("sec-websocket-extensions"), StringComparison.Ordinal);
        Assert.Equal("websocket", engine.TransportName);
    }

    [Theory]
    [Trait("Spec", "CLI-OPT-45")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Messages_travel_compressed_or_not(bool isOffered)
    {
        await using var server = await EchoServer.StartAsync(options => options.PerMessageDeflate = new());
        var recorder = new Recorder();
        var options = Options();
        if (!isOffered) options.PerMessageDeflate = null;
        await using var engine = await EngineClient.ConnectAsync(server.BaseAddress, recorder, options);
        string text = string.Concat(Enumerable.Range(0, 2000));
        engine.Enqueue(EngineFrame.Message(text));
        engine.Enqueue(EngineFrame.Message("short"));
        engine.Enqueue(EngineFrame.Message(text), compress: false);

        Assert.Equal([text, "short", text], await recorder.NextAsync(3));
    }

    [Fact]
    [Trait("Spec", "CLI-WS-02")]
    public async Task Large_messages_come_whole()
    {
        await using var server = await EchoServer.StartAsync(options => options.MaxHttpBufferSize = 6_000_000);
        var recorder = new Recorder();
        await using var engine = await EngineClient.ConnectAsync(server.BaseAddress, recorder, Options());
        string text = new('é', 2_500_000);
        byte[] bytes = new byte[5_000_000];
        Random.Shared.NextBytes(bytes);
        engine.Enqueue(EngineFrame.Message(text), (EngineFrame[])[EngineFrame.Binary(bytes)]);

        Assert.Equal(text, await recorder.NextAsync());
        Assert.Equal(Convert.ToHexString(bytes), await recorder.NextAsync());
    }

    [Theory]
    [Trait("Spec", "CLI-OPT-37")]
    [Trait("Spec", "EIO-PKT-02")]
    [InlineData(false, "Binary 01020304")]
    [InlineData(true, "text bAQIDBA==")]
    public async Task Bytes_travel_raw_or_as_base64(bool forceBase64, string expected)
    {
        await using var server = new ScriptedEngine();
        var recorder = new Recorder();
        var options = Options();
        options.ForceBase64 = forceBase64;
        await using var engine = await EngineClient.ConnectAsync(server.Address, recorder, options);
        var socket = await server.NextWebSocketAsync();
        engine.Enqueue(EngineFrame.Binary(new byte[] { 1, 2, 3, 4 }));
        Assert.Equal(expected, (await socket.ReceiveAsync()).ToString());
        await socket.SendTextAsync("bAQIDBA==");

        Assert.Equal("01020304", await recorder.NextAsync());
    }

    [Theory]
    [Trait("Spec", "CLI-DISC-04")]
    [Trait("Spec", "CLI-WS-04")]
    [InlineData(1001, "bye", 1001, "bye")]
    [InlineData(null, "", 1000, "")]
    public async Task Close_frame_closes(int? code, string text, int expectedCode, string expectedText)
    {
        await using var server = new ScriptedEngine();
        var recorder = new Recorder();
        await using var engine = await EngineClient.ConnectAsync(server.Address, recorder, Options());
        var socket = await server.NextWebSocketAsync();
        await socket.SendTextAsync("4last");
        await socket.SendCloseAsync((ushort?)code, text);

        var (reason, error) = await recorder.ClosedAsync();
        Assert.Equal(("transport close", "websocket connection closed", expectedCode, expectedText), (reason, error!.Message, error.CloseCode, error.CloseDescription));
        Assert.Equal("last", await recorder.NextAsync());
        Assert.True((await socket.ReceiveEndAsync()).IsEnd);
        await engine.Completion.WithDeadline("the end");
    }

    [Fact]
    [Trait("Spec", "CLI-WS-04")]
    public async Task Reset_counts_as_a_close()
    {
        await using var server = new ScriptedEngine();
        var recorder = new Recorder();
        await using var engine = await EngineClient.ConnectAsync(server.Address, recorder, Options());
        (await server.NextWebSocketAsync()).Wire.Reset();

        var (reason, error) = await recorder.ClosedAsync();
        Assert.Equal(("transport close", 1006), (reason, error!.CloseCode));
        await engine.Completion.WithDeadline("the end");
    }

    [Fact]
    [Trait("Spec", "CLI-TR-01")]
    [Trait("Spec", "CLI-ERR-05")]
    [Trait("Behaviour", "engine.io-client/test/socket.js:265")]
    public async Task Refused_handshake_says_why()
    {
        await using var server = ScriptedServer.Start(exchange => exchange.AnswerAsync(400, "Transport unknown"));
        var error = await Assert.ThrowsAsync<EngineClientException>(() => EngineClient.ConnectAsync(server.Address, Options()));

        Assert.Equal(("websocket error", 400, EngineClientStage.Handshake), (error.Message, error.StatusCode, error.Stage));
        Assert.NotNull(error.InnerException);
        Assert.Single(server.Requests);
    }

    [Fact]
    [Trait("Spec", "CLI-WS-03")]
    public async Task Goodbye_is_a_close_frame_that_is_not_waited_for_for_ever()
    {
        await using var server = new ScriptedEngine();
        var recorder = new Recorder();
        var engine = await EngineClient.ConnectAsync(server.Address, recorder, Options());
        var socket = await server.NextWebSocketAsync();
        engine.Enqueue(EngineFrame.Message("last"));
        engine.Close();

        Assert.Equal("4last", await socket.ReceiveTextAsync());
        Assert.Equal(1000, (await socket.ReceiveAsync()).CloseCode);
        await socket.SendTextAsync("4ignored");
        await engine.DisposeAsync().AsTask().WithDeadline("the disposal");
        await engine.Completion.WithDeadline("the end of the session");
        Assert.False(recorder.HasMessage);
    }

    [Theory]
    [InlineData("polling")]
    [InlineData("websocket")]
    public async Task Dispose_is_bounded_on_a_dead_cable(string transport)
    {
        await using var server = await EchoServer.StartAsync();
        await using var proxy = FaultyProxy.Start(server.BaseAddress);
        var recorder = new Recorder();
        var options = Options();
        options.Transports = [transport];
        var engine = await EngineClient.ConnectAsync(proxy.Address, recorder, options);
        proxy.Stall();
        for (int i = 0; i < 100; i++) engine.Enqueue(EngineFrame.Binary(new byte[100_000]));
        Assert.False(engine.WaitForRoomAsync().AsTask().IsCompleted);
        await engine.DisposeAsync().AsTask().WithDeadline("the dispose");
        await engine.DisposeAsync();

        Assert.Equal("forced close", (await recorder.ClosedAsync()).Reason);
        await engine.Completion.WithDeadline("the end");
        await engine.WaitForRoomAsync();
    }

    [Fact]
    public async Task Sender_who_waits_is_held_up_by_a_slow_server()
    {
        await using var server = new ScriptedEngine();
        var engine = await EngineClient.ConnectAsync(server.Address, Options());
        await using var _ = engine;
        var socket = await server.NextWebSocketAsync();
        var block = EngineFrame.Binary(new byte[500_000]);
        int sent = 0;
        Task wait;
        while ((wait = engine.SendAsync(block).AsTask()).IsCompleted) sent++;
        using var cancellation = new CancellationTokenSource(50);
        await Assert.ThrowsAsync<OperationCanceledException>(() => engine.WaitForRoomAsync(cancellation.Token).AsTask());
        for (int i = 0; i <= sent; i++) Assert.Equal(500_000, (await socket.ReceiveAsync()).Data.Length);

        await wait.WithDeadline("room");
    }

    [Fact]
    public async Task Lent_memory_is_copied()
    {
        await using var server = new ScriptedEngine();
        await using var engine = await EngineClient.ConnectAsync(server.Address, new EngineClientOptions { Transports = ["polling"] });
        byte[] bytes = "4aaaa"u8.ToArray();
        engine.Enqueue(EngineFrame.Text(bytes).Lend());
        bytes.AsSpan(1).Fill((byte)'b');
        engine.Enqueue(EngineFrame.Text(bytes).Lend());
        bytes.AsSpan(1).Fill((byte)'c');
        engine.Enqueue(EngineFrame.Text(bytes).Lend());
        bytes.AsSpan(1).Fill((byte)'d');
        string all = "";
        while (all.Length < 17) all += (all.Length == 0 ? "" : "\u001e") + await server.NextPostAsync();

        Assert.Equal("4aaaa\u001e4bbbb\u001e4cccc", all);
    }

    private static EngineClientOptions Options() => new() { Transports = ["websocket"], CloseTimeout = TimeSpan.FromMilliseconds(300) };
}
