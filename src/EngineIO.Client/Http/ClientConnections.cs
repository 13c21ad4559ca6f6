using Microsoft.Extensions.Logging;

namespace EngineIO.Client.Http;

/// <summary>The HTTP connections of one session, for both transports.</summary>
internal sealed partial class ClientConnections(EngineClientOptions options, ILogger logger) : IDisposable
{
    private readonly object _gate = new();
    private HttpMessageInvoker? _invoker;
    private bool _isDisposed;

    /// <summary>Whether nobody else decides about these connections.</summary>
    public bool AreOwn { get; } = options.HttpHandler is null && options.HttpHandlerFactory is null;

    /// <summary>What sends; made when first needed.</summary>
    /// <exception cref="ObjectDisposedException">The session is over.</exception>
    public HttpMessageInvoker Invoker
    {
        get
        {
            lock (_gate)
            {
                return _isDisposed ? throw new ObjectDisposedException(nameof(EngineClient)) : _invoker ??= Create();
            }
        }
    }

    public void Dispose()
    {
        HttpMessageInvoker? invoker;
        lock (_gate) (invoker, _isDisposed) = (_invoker, true);
        invoker?.Dispose();
    }

    private HttpMessageInvoker Create()
    {
        if (options.HttpHandler is { } given) return new(given, disposeHandler: false);
        if (options.DangerousAcceptAnyServerCertificate) Log.AnyCertificate(logger);
        return new(options.HttpHandlerFactory?.Invoke() ?? HandlerFactory.Create(options), disposeHandler: true);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "any certificate of the server is accepted (option DangerousAcceptAnyServerCertificate)")]
        public static partial void AnyCertificate(ILogger logger);
    }
}
