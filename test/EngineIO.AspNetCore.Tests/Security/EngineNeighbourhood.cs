using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Security;

/// <summary>A server that echoes, two clients that behave well, and room for those that do not.</summary>
internal sealed class EngineNeighbourhood : IAsyncDisposable
{
    /// <summary>Stands in what hostile clients send; no log line may show it.</summary>
    public const string Secret = "s3cr3t-of-the-wire";

    private const int Neighbours = 2;

    private readonly WebServer _web;
    private readonly Lines _lines;
    private readonly SocketClient _webSocket;
    private readonly PollingClient _polling;
    private int _rounds;

    private EngineNeighbourhood(WebServer web, EngineServer engine, Lines lines, ConcurrentQueue<string> messages, SocketClient webSocket, PollingClient polling) =>
        (_web, Engine, _lines, Messages, _webSocket, _polling) = (web, engine, lines, messages, webSocket, polling);

    public EngineServer Engine { get; }

    public Uri Address => _web.BaseAddress;

    /// <summary>The messages that reached handlers, but for the neighbours'.</summary>
    public ConcurrentQueue<string> Messages { get; }

    public static async Task<EngineNeighbourhood> StartAsync(Action<EngineOptions>? options = null)
    {
        var lines = new Lines();
        var messages = new ConcurrentQueue<string>();
        EngineServer engine = null!;
        var web = await WebServer.StartAsync(
            builder =>
            {
                builder.Logging.AddProvider(lines).SetMinimumLevel(LogLevel.Debug);
                builder.Services.AddEngineIO(engineOptions =>
                {
                    engineOptions.AllowEIO3 = true;
                    options?.Invoke(engineOptions);
                });
            },
            app =>
            {
                engine = app.MapEngineIO();
                engine.OnConnection(session => session.Handler = new Echo(session, messages));
            });
        return new EngineNeighbourhood(web, engine, lines, messages, await SocketClient.OpenAsync(web.BaseAddress), await PollingClient.OpenAsync(web.BaseAddress));
    }

    /// <summary>One session was closed, and it alone: one line tells so without what was sent, no handler was called, and nothing of it is left.</summary>
    public async Task AssertClosedAloneAsync(string reason)
    {
        await Deadline.UntilAsync(() => Engine.ClientsCount == Neighbours, "the hostile session to go");
        await Deadline.UntilAsync(() => Closes().Count > 0, "the line of its end");
        Assert.EndsWith($" closed: {reason}", Assert.Single(Closes()), StringComparison.Ordinal);
        Assert.Empty(Messages);
        await AssertUnharmedAsync();
    }

    /// <summary>The neighbours are served, no error was logged, and no line shows what was sent.</summary>
    public async Task AssertUnharmedAsync()
    {
        var message = $"4neighbour {++_rounds}";
        await _webSocket.SendAsync(message);
        Assert.Equal(message, await _webSocket.ReceiveTextAsync());
        await _polling.SendAsync(message);
        Assert.Equal(message, await _polling.ReceiveAsync());
        Assert.Empty(_web.Log.Errors);
        Assert.DoesNotContain(_lines.All, line => line.Contains(Secret, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await _webSocket.DisposeAsync();
        await _polling.DisposeAsync();
        await _web.DisposeAsync();
    }

    private List<string> Closes() => [.. _lines.All.Where(line => line.StartsWith("session ", StringComparison.Ordinal) && line.Contains(" closed: ", StringComparison.Ordinal))];

    private sealed class Echo(EngineSession session, ConcurrentQueue<string> messages) : IEngineSessionHandler
    {
        public ValueTask OnMessageAsync(EngineMessage message)
        {
            var text = message.ToString();
            if (!text.StartsWith("neighbour ", StringComparison.Ordinal)) messages.Enqueue(text);
            return session.SendAsync(EngineFrame.Message(text));
        }

        public void OnReadCompleted()
        {
        }

        public void OnClosed(string reason, Exception? error)
        {
        }
    }

    /// <summary>The engine's lines from the level that an operator may switch on.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue(formatter(state, exception));
    }
}
