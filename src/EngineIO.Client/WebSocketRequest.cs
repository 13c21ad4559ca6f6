using System.Net.WebSockets;

namespace EngineIO.Client;

/// <summary>The WebSocket that a session needs, for <see cref="EngineClientOptions.WebSocketFactory"/>. Immutable.</summary>
public sealed class WebSocketRequest
{
    internal WebSocketRequest(Uri uri, IReadOnlyList<KeyValuePair<string, string>> headers, IReadOnlyList<string> protocols) =>
        (Uri, Headers, Protocols) = (uri, headers, protocols);

    /// <summary>Where to connect: <c>ws</c> or <c>wss</c>, with the query of the protocol and of the application.</summary>
    public Uri Uri { get; }

    /// <summary>The headers of the handshake, the session's cookies among them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>The sub-protocols to offer, the preferred one first.</summary>
    public IReadOnlyList<string> Protocols { get; }

    /// <summary>Gives the request to a <see cref="ClientWebSocket"/>: headers, sub-protocols, and no heartbeat beside Engine.IO's own. A browser takes the sub-protocols alone.</summary>
    /// <param name="options">The options of the WebSocket, before it connects.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public void ApplyTo(ClientWebSocketOptions options)
    {
        _ = options ?? throw new ArgumentNullException(nameof(options));
        foreach (string protocol in Protocols) options.AddSubProtocol(protocol);
#if !NETSTANDARD2_0
        if (OperatingSystem.IsBrowser()) return;
#endif
        options.KeepAliveInterval = TimeSpan.Zero;
        foreach (var header in Headers) options.SetRequestHeader(header.Key, header.Value);
    }
}
