using System.Diagnostics.Metrics;
using EngineIO.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SocketIO.AspNetCore.Diagnostics;
using SocketIO.AspNetCore.Internal;
using SocketIO.Json;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore;

/// <summary>A Socket.IO server. What it says and does with sockets is about its main namespace, <c>/</c>; see <see cref="Of(string)"/> for others.</summary>
/// <remarks>
/// <para>Thread-safe, and without a lock: namespaces are in a concurrent dictionary, parent namespaces in an array that is copied on write, the rest is read-only.</para>
/// <para>Source: https://socket.io/docs/v4/server-instance/.</para>
/// </remarks>
public sealed partial class SocketIOServer : IEventEmitter, IServerSideEmitter, IEndpointConventionBuilder, IAsyncDisposable, IDisposable
{
    /// <summary>Makes a server, and its Engine.IO server: for a server that listens by itself or is mapped by hand. Others come of <c>AddSocketIO</c>.</summary>
    /// <param name="options">Its options; read once. Default: the official ones.</param>
    /// <param name="loggerFactory">Makes its loggers, under the reference's scopes: <c>socket.io:server</c>, <c>socket.io:client</c> … Default: none.</param>
    /// <param name="timeProvider">The clock of every timeout. Default: the system's.</param>
    /// <param name="meterFactory">Makes its meters, <c>SocketIO.AspNetCore</c> and <c>EngineIO.AspNetCore</c>; null for ones that no container owns.</param>
    /// <exception cref="ArgumentException">An option is invalid; the message names it and what to do.</exception>
    public SocketIOServer(
        SocketIOOptions? options = null, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null, IMeterFactory? meterFactory = null)
    {
        options ??= new SocketIOOptions();
        loggerFactory ??= NullLoggerFactory.Instance;
        timeProvider ??= TimeProvider.System;
        if (SocketIOOptionsValidator.Check(options) is { Count: > 0 } faults) throw new ArgumentException(string.Join(' ', faults), nameof(options));
        Options = options;
        TimeProvider = timeProvider;
        Loggers = new SocketIOLoggers(loggerFactory);
        _log = Loggers.Server;
        _loggerFactory = loggerFactory;
        Serializer = new PayloadSerializer(options.SerializerOptions);
        Parser = LoggingPacketParser.For(options.Parser ?? new JsonPacketParser(), Loggers.Parser);
        _adapter = options.Adapter;
        Metrics = new SocketIOMetrics(this, meterFactory);
        Sockets = Of(SocketProtocol.MainNamespace);
        LogCreatingEngine(_log, options.Path);
        Engine = new EngineServer(options, loggerFactory, timeProvider, meterFactory);
        if (options.ServeClient) ServeClient();
        Engine.OnConnection(HandleConnection);
    }

    /// <summary>A function of the application threw. It has been logged; the connection goes on.</summary>
    public event Action<HandlerError>? HandlerError;

    /// <summary>The options.</summary>
    public SocketIOOptions Options { get; }

    /// <summary>The Engine.IO server under it: sessions, header events, middlewares for requests.</summary>
    public EngineServer Engine { get; }

    /// <summary>Turns arguments into JSON and back.</summary>
    public PayloadSerializer Serializer { get; }

    /// <summary>Turns packets into messages and back.</summary>
    public IPacketParser Parser { get; }

    internal TimeProvider TimeProvider { get; }

    internal SocketIOLoggers Loggers { get; }

    internal SocketIOMetrics Metrics { get; }

    /// <summary>Handles a request that the application routes itself. The WebSocket middleware must have run.</summary>
    /// <param name="context">The request.</param>
    /// <returns>A task that completes when the request is answered; for a WebSocket, when it has ended.</returns>
    public Task HandleAsync(HttpContext context) => Engine.HandleAsync(context);

    void IEndpointConventionBuilder.Add(Action<EndpointBuilder> convention) => ((IEndpointConventionBuilder)Engine).Add(convention);

    void IEndpointConventionBuilder.Finally(Action<EndpointBuilder> finallyConvention) => ((IEndpointConventionBuilder)Engine).Finally(finallyConvention);

    /// <summary>Logs what a function of the application threw, and raises <see cref="HandlerError"/>.</summary>
    internal void ReportHandlerError(
        HandlerErrorSource source, Exception exception, ServerNamespace? ns = null, ServerSocket? socket = null, string? eventName = null)
    {
        LogHandlerError(_log, exception, source, eventName ?? "", ns?.Name ?? "");
        Metrics.HandlerFailed(source);
        try
        {
            HandlerError?.Invoke(new HandlerError(source, exception, ns, socket, eventName));
        }
        catch (Exception second)
        {
            LogHandlerError(_log, second, HandlerErrorSource.Lifecycle, nameof(HandlerError), ns?.Name ?? "");
        }
    }

    // As a middleware of the engine: after its CORS headers, before it looks for a session.
    private void ServeClient()
    {
        LogServingClient(_log);
        var bundle = new ClientBundle.ClientBundleHandler(Options.Path.TrimEnd('/'));
        Engine.Use((request, next) =>
        {
            if (bundle.Find(request.HttpContext) is not { } file) return next();
            LogServeClient(_log, file.Name);
            return new ValueTask(file.ServeAsync(request.HttpContext));
        });
    }
}
