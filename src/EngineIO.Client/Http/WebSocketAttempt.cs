using System.Net.WebSockets;
using Microsoft.Extensions.Logging;

namespace EngineIO.Client.Http;

/// <summary>One WebSocket handshake.</summary>
internal sealed partial class WebSocketAttempt(SessionSettings settings, ClientConnections connections, Uri uri)
{
    private const string Cookie = "Cookie";

    /// <summary>The status of an answer that was not 101; null where there was none, or the platform does not tell.</summary>
    public int? StatusCode { get; private set; }

    public Task<WebSocket> ConnectAsync(CancellationToken cancellationToken)
    {
        var request = new WebSocketRequest(uri, Headers(), settings.Protocols);
        return settings.Options.WebSocketFactory is { } factory ? AskAsync(factory, request, cancellationToken) : ConnectAsync(request, cancellationToken);
    }

    private static async Task<WebSocket> AskAsync(Func<WebSocketRequest, CancellationToken, Task<WebSocket>> factory, WebSocketRequest request, CancellationToken cancellationToken) =>
        await factory(request, cancellationToken).ConfigureAwait(false) ?? throw new InvalidOperationException($"The option {nameof(EngineClientOptions.WebSocketFactory)} has given null.");

    private async Task<WebSocket> ConnectAsync(WebSocketRequest request, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        try
        {
            request.ApplyTo(socket.Options);
            Configure(socket.Options);
#if NETSTANDARD2_0
            await socket.ConnectAsync(request.Uri, cancellationToken).ConfigureAwait(false);
#else
            await socket.ConnectAsync(request.Uri, OperatingSystem.IsBrowser() ? null : connections.Invoker, cancellationToken).ConfigureAwait(false);
#endif
            return socket;
        }
        catch
        {
#if !NETSTANDARD2_0
            if (!OperatingSystem.IsBrowser() && socket.HttpStatusCode is var status && status != 0) StatusCode = (int)status;
#endif
            socket.Dispose();
            throw;
        }
    }

    private void Configure(ClientWebSocketOptions options)
    {
#if !NETSTANDARD2_0
        if (OperatingSystem.IsBrowser())
        {
            if (settings.WebSocket.Headers.Length > 0) Log.NoHeaders(settings.Loggers.WebSocket);
            return;
        }

        options.CollectHttpResponseDetails = true;
        if (settings.Deflate is { } deflate)
        {
            options.DangerousDeflateOptions = new()
            {
                ClientContextTakeover = !deflate.ClientNoContextTakeover,
                ServerContextTakeover = !deflate.ServerNoContextTakeover,
                ClientMaxWindowBits = deflate.ClientMaxWindowBits,
                ServerMaxWindowBits = deflate.ServerMaxWindowBits,
            };
        }
#else
        var origin = settings.Options;
        if (origin.Proxy is not null) options.Proxy = origin.Proxy;
        if (!origin.UseProxy) options.Proxy = null;
        if (origin.ClientCertificates is { } certificates) options.ClientCertificates.AddRange(certificates);
        _ = connections;
#endif
    }

    /// <summary>The application's, and one line of all cookies.</summary>
    private List<KeyValuePair<string, string>> Headers()
    {
        var headers = new List<KeyValuePair<string, string>>();
        string? cookies = settings.Cookies?.GetCookieHeader(new UriBuilder(uri) { Scheme = uri.Scheme == "wss" ? "https" : "http" }.Uri);
        foreach (var header in settings.WebSocket.Headers)
        {
            bool isCookie = string.Equals(header.Key, Cookie, StringComparison.OrdinalIgnoreCase);
            if (isCookie && !string.IsNullOrEmpty(cookies)) cookies = $"{header.Value}; {cookies}";
            else headers.Add(header);
        }

        if (!string.IsNullOrEmpty(cookies)) headers.Add(new(Cookie, cookies!));
        return headers;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "a browser takes no headers for a WebSocket: it goes without those of the option ExtraHeaders")]
        public static partial void NoHeaders(ILogger logger);
    }
}
