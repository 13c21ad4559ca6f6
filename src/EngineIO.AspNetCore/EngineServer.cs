using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EngineIO.AspNetCore.Diagnostics;
using EngineIO.AspNetCore.Requests;
using EngineIO.AspNetCore.Timing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EngineIO.AspNetCore;

/// <summary>An Engine.IO server: the sessions under one path. Every member is thread-safe.</summary>
public sealed partial class EngineServer : IEndpointConventionBuilder, IAsyncDisposable, IDisposable
{
    // Ordinal, and no prototype to be fooled by.
    private readonly ConcurrentDictionary<string, EngineSession> _sessions = new(StringComparer.Ordinal);
    private readonly List<Action<EngineSession>> _connectionHandlers = [];
    private readonly List<Func<EngineRequest, Func<ValueTask>, ValueTask>> _middlewares = [];
    private int _clientsCount;

    /// <summary>Makes a server.</summary>
    /// <param name="options">Its options; read once.</param>
    /// <param name="loggerFactory">Makes its loggers, under the reference's scopes: <c>engine</c>, <c>engine:socket</c> …</param>
    /// <param name="timeProvider">The clock of every heartbeat and deadline.</param>
    /// <param name="meterFactory">Makes its meter, <c>EngineIO.AspNetCore</c>; null for one that no container owns.</param>
    /// <exception cref="ArgumentException">An option is invalid; the message names it and what to do.</exception>
    public EngineServer(EngineOptions options, ILoggerFactory loggerFactory, TimeProvider timeProvider, IMeterFactory? meterFactory = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (EngineOptionsValidator.Check(options) is { Count: > 0 } faults) throw new ArgumentException(string.Join(' ', faults), nameof(options));
        Options = options;
        Time = timeProvider;
        Loggers = new EngineLoggers(loggerFactory);
        Wheel = new TimerWheel(timeProvider);
        Metrics = new EngineMetrics(this, meterFactory);
    }

    /// <summary>The options.</summary>
    public EngineOptions Options { get; }

    /// <summary>The number of sessions.</summary>
    public int ClientsCount => Volatile.Read(ref _clientsCount);

    /// <summary>The sessions, a moving view.</summary>
    public IEnumerable<EngineSession> Sessions => _sessions.Select(static pair => pair.Value);

    /// <summary>A request was refused (<c>connection_error</c>).</summary>
    public event Action<ConnectionError>? ConnectionError;

    /// <summary>The headers of a session's first answer are about to be written (<c>initial_headers</c>).</summary>
    public event Action<IHeaderDictionary, EngineRequest>? InitialHeaders;

    /// <summary>The headers of an answer of a session are about to be written (<c>headers</c>).</summary>
    public event Action<IHeaderDictionary, EngineRequest>? Headers;

    /// <summary>A session is about to write a batch of packets (<c>flush</c>).</summary>
    public event Action<EngineSession, IReadOnlyList<EngineFrame>>? SessionFlushing;

    /// <summary>A session has written what was queued, and nothing has come since (<c>drain</c>).</summary>
    public event Action<EngineSession>? SessionDrained;

    internal TimeProvider Time { get; }

    internal TimerWheel Wheel { get; }

    internal EngineLoggers Loggers { get; }

    internal EngineMetrics Metrics { get; }

    /// <summary>Adds a handler for new sessions (<c>connection</c>). It runs before the session's first message is read; it must not block.</summary>
    /// <param name="handler">Receives the session.</param>
    public void OnConnection(Action<EngineSession> handler)
    {
        lock (_connectionHandlers) _connectionHandlers.Add(handler);
    }

    /// <summary>Adds a middleware (<c>engine.use</c>): it runs for each request, upgrades too, in order of registration. One that does not call the next has
    /// answered the request itself; one that throws refuses it with code 3.</summary>
    /// <param name="middleware">Receives the request and the rest of the chain.</param>
    public void Use(Func<EngineRequest, Func<ValueTask>, ValueTask> middleware)
    {
        lock (_middlewares) _middlewares.Add(middleware);
    }

    /// <summary>Finds a session whose handshake is on its way to the client: nobody can know an earlier one.</summary>
    internal bool TryGetSession(string id, out EngineSession? session) =>
        _sessions.TryGetValue(id, out session) && session.State != EngineSessionState.Opening;

    internal IReadOnlyList<string> UpgradesOf(string transport) =>
        transport == RequestVerifier.PollingName && Options.AllowUpgrades && Options.Transports.HasFlag(EngineTransports.WebSocket)
            ? [RequestVerifier.WebSocketName]
            : [];

    internal void Remove(EngineSession session)
    {
        if (_sessions.TryRemove(new(session.Id, session))) Release();
    }

    internal bool WatchesFlushing => SessionFlushing is not null;

    internal void RaiseFlushing(EngineSession session, IReadOnlyList<EngineFrame> frames)
    {
        try
        {
            SessionFlushing?.Invoke(session, frames);
        }
        catch (Exception error)
        {
            Log.SessionHandlerFailed(Loggers.Engine, error);
        }
    }

    internal void RaiseDrained(EngineSession session)
    {
        try
        {
            SessionDrained?.Invoke(session);
        }
        catch (Exception error)
        {
            Log.SessionHandlerFailed(Loggers.Engine, error);
        }
    }

    /// <summary>The last writers of an answer's headers: the cookie, then the hooks.</summary>
    internal void WriteHookedHeaders(EngineRequest request, string sid, bool withCookie)
    {
        var headers = request.HttpContext.Response.Headers;
        if (withCookie && request.IsHandshake && Options.Cookie is { } cookie) headers.Append("Set-Cookie", SessionCookie.Format(cookie, sid));
        try
        {
            if (request.IsHandshake) InitialHeaders?.Invoke(headers, request);
            Headers?.Invoke(headers, request);
        }
        catch (Exception error)
        {
            Log.HeadersHandlerFailed(Loggers.Engine, error);
        }
    }
}
