using System.Net.WebSockets;

namespace EngineIO.Client.Http;

/// <summary>One WebSocket handshake.</summary>
internal sealed class WebSocketAttempt(SessionSettings settings, ClientConnections connections, Uri uri)
{
    /// <summary>The status of an answer that was not 101; null where there was none, or the platform does not tell.</summary>
    public int? StatusCode { get; private set; }

    public async Task<WebSocket> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        try
        {
            Configure(socket.Options);
#if NETSTANDARD2_0
            await socket.ConnectAsync(uri, cancellationToken).ConfigureAwait(false);
#else
            await socket.ConnectAsync(uri, OperatingSystem.IsBrowser() ? null : connections.Invoker, cancellationToken).ConfigureAwait(false);
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
        foreach (string protocol in settings.Protocols) options.AddSubProtocol(protocol);
#if !NETSTANDARD2_0
        if (OperatingSystem.IsBrowser()) return;
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
        // The heartbeat is Engine.IO's own.
        options.KeepAliveInterval = TimeSpan.Zero;
        string? cookies = settings.Cookies?.GetCookieHeader(new UriBuilder(uri) { Scheme = uri.Scheme == "wss" ? "https" : "http" }.Uri);
        foreach (var header in settings.WebSocket.Headers)
        {
            bool isCookie = string.Equals(header.Key, "Cookie", StringComparison.OrdinalIgnoreCase);
            if (isCookie && !string.IsNullOrEmpty(cookies)) cookies = $"{header.Value}; {cookies}";
            else options.SetRequestHeader(header.Key, header.Value);
        }

        if (!string.IsNullOrEmpty(cookies)) options.SetRequestHeader("Cookie", cookies);
    }
}
