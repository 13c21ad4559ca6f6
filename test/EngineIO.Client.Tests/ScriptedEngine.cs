using System.Collections.Concurrent;
using System.Threading.Channels;
using TestKit;

namespace EngineIO.Client.Tests;

/// <summary>An Engine.IO server of which a test decides what it says and when.</summary>
internal sealed class ScriptedEngine : IAsyncDisposable
{
    private readonly ScriptedServer _server;
    private readonly Channel<string> _polls = Channel.CreateUnbounded<string>();
    private readonly Channel<string> _posts = Channel.CreateUnbounded<string>();
    private readonly Channel<ScriptedWebSocket> _webSockets = Channel.CreateUnbounded<ScriptedWebSocket>();
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inFlight;

    public ScriptedEngine() => _server = ScriptedServer.Start(AnswerAsync);

    public const string Sid = "S1";

    public Uri Address => _server.Address;

    public ScriptedServer Server => _server;

    /// <summary>What the first GET, or the WebSocket, gets.</summary>
    public string Handshake { get; init; } = Open();

    /// <summary>Answers an exchange instead, where it returns true.</summary>
    public Func<ScriptedExchange, Task<bool>>? Intercept { get; set; }

    /// <summary>The GETs and POSTs that are being answered.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>The bodies of the POSTs so far.</summary>
    public ConcurrentQueue<string> Posted { get; } = new();

    public static string Open(string upgrades = "", int pingInterval = 25_000, int pingTimeout = 20_000, string more = "") =>
        $$"""0{"sid":"{{Sid}}","upgrades":[{{upgrades}}],"pingInterval":{{pingInterval}},"pingTimeout":{{pingTimeout}}{{more}}}""";

    /// <summary>Answers the waiting, or the next, GET.</summary>
    public void Say(string payload) => _polls.Writer.TryWrite(payload);

    public Task<string> NextPostAsync() => _posts.Reader.ReadAsync().AsTask().WithDeadline("a POST");

    /// <summary>The next WebSocket, its handshake done.</summary>
    public Task<ScriptedWebSocket> NextWebSocketAsync() => _webSockets.Reader.ReadAsync().AsTask().WithDeadline("a WebSocket");

    /// <summary>Ends polling as a server does, with a noop now and then, and returns the first packet that the client sends on its WebSocket.</summary>
    public async Task<string> ReceiveUpgradeAsync(ScriptedWebSocket webSocket)
    {
        var packet = webSocket.ReceiveTextAsync();
        while (!packet.IsCompleted)
        {
            Say("6");
            await Task.WhenAny(packet, Task.Delay(50));
        }

        return await packet;
    }

    public ValueTask DisposeAsync()
    {
        _end.TrySetResult();
        _polls.Writer.TryComplete(new IOException("The test is over."));
        return _server.DisposeAsync();
    }

    private async Task<string> NextPollAsync() =>
        await _polls.Reader.WaitToReadAsync() && _polls.Reader.TryRead(out string? payload) ? payload : throw new IOException("The test is over.");

    private async Task AnswerAsync(ScriptedExchange exchange)
    {
        if (Intercept is { } intercept && await intercept(exchange)) return;
        var request = exchange.Request;
        if (request.Query["transport"] == "websocket")
        {
            var webSocket = await exchange.UpgradeAsync();
            if (!request.Query.ContainsKey("sid")) await webSocket.SendTextAsync(Handshake);
            _webSockets.Writer.TryWrite(webSocket);
            await _end.Task;
            return;
        }

        Interlocked.Increment(ref _inFlight);
        string answer = "ok";
        if (request.Method == "POST")
        {
            Posted.Enqueue(request.Text);
            _posts.Writer.TryWrite(request.Text);
        }
        else
        {
            answer = request.Query.ContainsKey("sid") ? await NextPollAsync() : Handshake;
        }

        Interlocked.Decrement(ref _inFlight);
        await exchange.AnswerAsync(200, answer);
    }
}
