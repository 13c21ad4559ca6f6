using Microsoft.Extensions.Logging;

namespace EngineIO.Client.Http;

/// <summary>The HTTP connections of one session, for both transports.</summary>
internal sealed partial class ClientConnections(EngineClientOptions options, ILogger logger) : IDisposable
{
    private readonly object _gate = new();
    private HttpMessageInvoker? _invoker;
    private bool _isDisposed;
    private volatile bool _repeatsGets;

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

    /// <summary>Sends a request, once.</summary>
    /// <exception cref="ObjectDisposedException">The session is over.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var invoker = Invoker;
        // The packets of an answer that was lost would be missing, and nobody would know. What has a content, even an empty one, is not repeated.
        if (_repeatsGets && request.Content is null) request.Content = new ByteArrayContent([]);
        return invoker.SendAsync(request, cancellationToken);
    }

    public void Dispose()
    {
        HttpMessageInvoker? invoker;
        lock (_gate) (invoker, _isDisposed) = (_invoker, true);
        invoker?.Dispose();
    }

    private HttpMessageInvoker Create()
    {
        if (AreOwn && options.DangerousAcceptAnyServerCertificate) Log.AnyCertificate(logger);
        var handler = options.HttpHandler ?? options.HttpHandlerFactory?.Invoke() ?? HandlerFactory.Create(options);
        _repeatsGets = RepeatsGets(handler);
        return new(handler, disposeHandler: options.HttpHandler is null);
    }

    /// <summary>Whether a GET whose connection ends before its answer is sent again without a word: a <c>SocketsHttpHandler</c> does so.</summary>
    private static bool RepeatsGets(HttpMessageHandler? handler)
    {
#if NETSTANDARD2_0
        _ = handler;
        return false;
#else
        while (handler is DelegatingHandler outer) handler = outer.InnerHandler;
        return handler is SocketsHttpHandler || (handler is HttpClientHandler && (OperatingSystem.IsLinux() || OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()));
#endif
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "any certificate of the server is accepted (option DangerousAcceptAnyServerCertificate)")]
        public static partial void AnyCertificate(ILogger logger);
    }
}
