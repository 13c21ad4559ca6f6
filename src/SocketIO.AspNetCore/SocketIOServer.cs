using System.Collections.Concurrent;
using EngineIO.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SocketIO.AspNetCore.Internal;
using SocketIO.Json;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore;

/// <summary>A Socket.IO server. What it says and does with sockets is about its main namespace, <c>/</c>; see <see cref="Of(string)"/> for others.</summary>
/// <remarks>
/// <para>Thread-safe, and without a lock: namespaces are in a concurrent dictionary, the rest is read-only.</para>
/// <para>Source: https://socket.io/docs/v4/server-instance/.</para>
/// </remarks>
public sealed partial class SocketIOServer : IEventEmitter, IEndpointConventionBuilder, IAsyncDisposable, IDisposable
{
    // Lazy, so that of two threads that ask for a new namespace one makes it, and its adapter.
    private readonly ConcurrentDictionary<string, Lazy<ServerNamespace>> _namespaces = new(StringComparer.Ordinal);

    /// <summary>Makes a server, and its Engine.IO server.</summary>
    /// <param name="options">Its options; read once.</param>
    /// <param name="loggerFactory">Makes its loggers, under the reference's scopes: <c>socket.io:server</c>, <c>socket.io:client</c> …</param>
    /// <param name="timeProvider">The clock of every timeout.</param>
    /// <exception cref="ArgumentException">An option is invalid; the message names it and what to do.</exception>
    public SocketIOServer(SocketIOOptions options, ILoggerFactory loggerFactory, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loggerFactory);
        ArgumentNullException.ThrowIfNull(timeProvider);
        if (SocketIOOptionsValidator.Check(options) is { Count: > 0 } faults) throw new ArgumentException(string.Join(' ', faults), nameof(options));
        Options = options;
        TimeProvider = timeProvider;
        Loggers = new SocketIOLoggers(loggerFactory);
        _log = Loggers.Server;
        Serializer = new PayloadSerializer(options.SerializerOptions);
        Parser = options.Parser ?? new JsonPacketParser();
        Sockets = Of(SocketProtocol.MainNamespace);
        Engine = new EngineServer(options, loggerFactory, timeProvider);
        if (options.ServeClient) ServeClient();
        Engine.OnConnection(OnSession);
    }

    /// <summary>A namespace other than the main one was made (<c>new_namespace</c>).</summary>
    public event Action<ServerNamespace>? NamespaceCreated;

    /// <summary>A function of the application threw. It has been logged; the connection goes on.</summary>
    public event Action<HandlerError>? HandlerError;

    /// <summary>The options.</summary>
    public SocketIOOptions Options { get; }

    /// <summary>The Engine.IO server under it: sessions, header events, middlewares for requests.</summary>
    public EngineServer Engine { get; }

    /// <summary>The main namespace.</summary>
    public ServerNamespace Sockets { get; }

    /// <summary>The namespaces at this moment, by name.</summary>
    public IReadOnlyDictionary<string, ServerNamespace> Namespaces =>
        _namespaces.ToDictionary(static pair => pair.Key, static pair => pair.Value.Value, StringComparer.Ordinal);

    /// <summary>Turns arguments into JSON and back.</summary>
    public PayloadSerializer Serializer { get; }

    /// <summary>Turns packets into messages and back.</summary>
    public IPacketParser Parser { get; }

    internal TimeProvider TimeProvider { get; }

    internal SocketIOLoggers Loggers { get; }

    /// <summary>Gives a namespace, and makes it when it is asked for the first time. Clients can join it from then on.</summary>
    /// <param name="name">The name; a missing leading slash is added.</param>
    /// <returns>The same object for the same name.</returns>
    public ServerNamespace Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!name.StartsWith('/')) name = "/" + name;
        if (_namespaces.TryGetValue(name, out var existing)) return existing.Value;

        var made = new Lazy<ServerNamespace>(() =>
        {
            LogInitializing(_log, name);
            var ns = new ServerNamespace(this, name);
            _ = ns.InitializeAsync();
            return ns;
        });
        var stored = _namespaces.GetOrAdd(name, made);
        var result = stored.Value;
        if (stored == made && name != SocketProtocol.MainNamespace) RaiseNamespaceCreated(result);
        return result;
    }

    /// <summary>Gives a namespace as <see cref="Of(string)"/> does, and adds a connection handler to it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="handler">The handler; see <see cref="ServerNamespace.OnConnection"/>.</param>
    public ServerNamespace Of(string name, Func<ServerSocket, ValueTask> handler)
    {
        var ns = Of(name);
        ns.OnConnection(handler);
        return ns;
    }

    /// <summary>Handles a request that the application routes itself. The WebSocket middleware must have run.</summary>
    /// <param name="context">The request.</param>
    /// <returns>A task that completes when the request is answered; for a WebSocket, when it has ended.</returns>
    public Task HandleAsync(HttpContext context) => Engine.HandleAsync(context);

    void IEndpointConventionBuilder.Add(Action<EndpointBuilder> convention) => ((IEndpointConventionBuilder)Engine).Add(convention);

    void IEndpointConventionBuilder.Finally(Action<EndpointBuilder> finallyConvention) => ((IEndpointConventionBuilder)Engine).Finally(finallyConvention);

    /// <summary>The namespace that a client asks for; null where there is none.</summary>
    internal ServerNamespace? FindNamespace(string name) => _namespaces.TryGetValue(name, out var found) ? found.Value : null;

    /// <summary>Logs what a function of the application threw, and raises <see cref="HandlerError"/>.</summary>
    internal void ReportHandlerError(
        HandlerErrorSource source, Exception exception, ServerNamespace? ns = null, ServerSocket? socket = null, string? eventName = null)
    {
        LogHandlerError(_log, exception, source, eventName ?? "", ns?.Name ?? "");
        try
        {
            HandlerError?.Invoke(new HandlerError(source, exception, ns, socket, eventName));
        }
        catch (Exception second)
        {
            LogHandlerError(_log, second, HandlerErrorSource.Lifecycle, nameof(HandlerError), ns?.Name ?? "");
        }
    }

    private void OnSession(EngineSession session)
    {
        LogIncoming(_log, session.Id);
        var client = new ClientConnection(this, session);
        session.Handler = client;
        if (client.IsV2) client.ConnectImplicitly();
    }

    // As a middleware of the engine: after its CORS headers, before it looks for a session.
    private void ServeClient()
    {
        var bundle = new ClientBundle.ClientBundleHandler(Options.Path.TrimEnd('/'));
        Engine.Use((request, next) =>
        {
            if (bundle.Find(request.HttpContext) is not { } file) return next();
            LogServeClient(_log, file.Name);
            return new ValueTask(file.ServeAsync(request.HttpContext));
        });
    }

    private void RaiseNamespaceCreated(ServerNamespace ns)
    {
        try
        {
            NamespaceCreated?.Invoke(ns);
        }
        catch (Exception exception)
        {
            ReportHandlerError(HandlerErrorSource.Lifecycle, exception, ns);
        }
    }
}
