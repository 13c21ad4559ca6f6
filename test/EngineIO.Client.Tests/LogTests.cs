using EngineIO.Client.Http;
using EngineIO.Client.Transports;
using Microsoft.Extensions.Logging;
using TestKit;

namespace EngineIO.Client.Tests;

/// <summary>The debug lines of the reference, under its scopes.</summary>
public sealed class LogTests
{
    [Fact]
    [Trait("Spec", "CLI-LOG-06")]
    [Trait("Spec", "CLI-LOG-07")]
    public async Task Upgrade_and_goodbye_are_told_in_the_references_words()
    {
        await using var server = new ScriptedEngine { Handshake = ScriptedEngine.Open("\"websocket\"", more: ""","maxPayload":9""") };
        using var factory = new Loggers(LogLevel.Trace);
        var recorder = new Recorder { Opening = opened => opened.Enqueue(EngineFrame.Message("1"), (EngineFrame[])[EngineFrame.Message("22"), EngineFrame.Message("333")]) };
        await using var engine = await EngineClient.ConnectAsync(server.Address, recorder, new() { LoggerFactory = factory, CloseTimeout = TimeSpan.FromSeconds(5) });
        var webSocket = await server.NextWebSocketAsync();
        await webSocket.ReceiveTextAsync();
        await server.NextPostAsync();
        await server.NextPostAsync();
        await Deadline.UntilAsync(() => engine.QueuedPackets == 0, "the writes");
        await webSocket.SendTextAsync("3probe");
        await Deadline.UntilAsync(() => factory.Has("we are currently polling - waiting to pause"), "the pause");
        server.Say("6");
        Assert.Equal("5", await webSocket.ReceiveTextAsync());
        await webSocket.SendTextAsync("4x");
        await recorder.NextAsync();
        engine.Close();
        await webSocket.ReceiveEndAsync();
        await webSocket.SendCloseAsync(1000);
        await engine.Completion.WithDeadline("the end");

        factory.AssertInOrder(
            "engine.io-client:socket creating transport \"polling\"",
            "engine.io-client:socket setting transport polling",
            "engine.io-client:polling polling",
            "engine.io-client:polling xhr poll",
            "engine.io-client:polling xhr open GET: ",
            "engine.io-client:polling polling got data 0{\"sid\":\"S1\"",
            "engine.io-client:socket socket receive: type \"open\", data \"{\"sid\":\"S1\"",
            "engine.io-client:socket socket open",
            "engine.io-client:socket only send 2 out of 3 packets",
            "engine.io-client:socket flushing 2 packets in socket",
            "engine.io-client:socket starting upgrade probes",
            "engine.io-client:socket probing transport \"websocket\"",
            "engine.io-client:socket creating transport \"websocket\"",
            "engine.io-client:socket probe transport \"websocket\" opened",
            "engine.io-client:socket probe transport \"websocket\" pong",
            "engine.io-client:socket pausing current transport \"polling\"",
            "engine.io-client:polling we are currently polling - waiting to pause",
            "engine.io-client:polling pre-pause polling complete",
            "engine.io-client:polling paused",
            "engine.io-client:socket changing transport and sending upgrade packet",
            "engine.io-client:socket setting transport websocket",
            "engine.io-client:socket clearing existing transport polling",
            "engine.io-client:socket socket close with reason: \"forced close\"",
            "engine.io-client:socket socket closing - telling transport to close");
        Assert.True(factory.Has("xhr data 41\u001e422"));
        Assert.True(factory.Has("options: {\"path\":\"/engine.io\""));
    }

    [Fact]
    [Trait("Spec", "CLI-LOG-13")]
    public async Task Debug_lines_bear_no_data()
    {
        await using var server = new ScriptedEngine();
        using var factory = new Loggers(LogLevel.Debug);
        var engine = await EngineClient.ConnectAsync(server.Address, new EngineClientOptions { LoggerFactory = factory, Transports = ["polling"], Query = { ["token"] = "secret" } });
        engine.Enqueue(EngineFrame.Message("secret"));
        await server.NextPostAsync();
        await engine.DisposeAsync();

        Assert.False(factory.Has("secret"));
        Assert.False(factory.Has("S1"));
        factory.AssertInOrder("engine.io-client:polling transport open - closing", "engine.io-client:polling writing close packet");
    }

    [Fact]
    [Trait("Spec", "CLI-LOG-06")]
    public async Task Failure_is_told()
    {
        using var factory = new Loggers(LogLevel.Debug);
        await using var server = ScriptedServer.Start(exchange => exchange.AnswerAsync(400));
        await Assert.ThrowsAsync<EngineClientException>(() => EngineClient.ConnectAsync(server.Address, new EngineClientOptions { LoggerFactory = factory, TryAllTransports = true }));

        factory.AssertInOrder(
            "engine.io-client:socket socket error {\"message\":\"xhr poll error\",\"description\":400,\"type\":\"TransportError\"}",
            "engine.io-client:socket trying next transport",
            "engine.io-client:socket creating transport \"websocket\"",
            "engine.io-client:socket socket error {\"message\":\"websocket error\"",
            "engine.io-client:socket socket close with reason: \"transport error\"");
    }

    [Fact]
    [Trait("Spec", "CLI-LOG-08")]
    public async Task Write_that_is_cut_off_is_told()
    {
        using var factory = new Loggers(LogLevel.Debug);
        await using var server = await EchoServer.StartAsync();
        await using var proxy = FaultyProxy.Start(server.BaseAddress);
        var options = new EngineClientOptions { LoggerFactory = factory, Transports = ["websocket"], CloseTimeout = TimeSpan.FromMilliseconds(100) };
        var engine = await EngineClient.ConnectAsync(proxy.Address, options);
        proxy.Stall();
        for (int i = 0; i < 100; i++) engine.Enqueue(EngineFrame.Binary(new byte[100_000]));
        await engine.DisposeAsync();

        await Deadline.UntilAsync(() => factory.Has("websocket closed before onclose event"), "the line");
        factory.AssertInOrder("engine.io-client:websocket websocket closed before onclose event");
    }

    [Theory]
    [Trait("Spec", "CLI-LOG-08")]
    [InlineData("polling")]
    [InlineData("websocket")]
    public async Task Packets_for_a_closed_transport_are_told(string name)
    {
        using var factory = new Loggers(LogLevel.Debug);
        var settings = new SessionSettings(Ports.Nowhere(), new() { LoggerFactory = factory });
        using var connections = new ClientConnections(settings.Options, settings.Loggers.Transport);
        await using var engine = new EngineClient(Ports.Nowhere());
        ClientTransport transport = name == "polling"
            ? new PollingTransport(engine, settings, new RequestSender(settings, connections))
            : new WebSocketTransport(engine, settings, new WebSocketConnector(settings, connections, () => null));
        transport.Close();
        await transport.WriteAsync([new(EngineFrame.Message("x"), Compress: false)]);

        factory.AssertInOrder("engine.io-client:transport transport is not open, discarding packets");
        await transport.Completion.WithDeadline("the end");
    }

    private sealed class Loggers(LogLevel level) : ILoggerFactory
    {
        private readonly LogRecorder _log = new(level);

        public bool Has(string text) => _log.Entries.Any(entry => entry.Message.Contains(text, StringComparison.Ordinal));

        public void AssertInOrder(params string[] lines)
        {
            int next = 0;
            foreach (var entry in _log.Entries)
            {
                if (next < lines.Length && $"{entry.Category} {entry.Message}".StartsWith(lines[next], StringComparison.Ordinal)) next++;
            }

            Assert.True(next == lines.Length, $"Missing: {(next < lines.Length ? lines[next] : "")} in {string.Join('\n', _log.Entries)}");
        }

        public ILogger CreateLogger(string categoryName) => _log.CreateLogger(categoryName);

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose() => _log.Dispose();
    }
}
