namespace SocketIO.Client;

/// <summary>Why a socket was disconnected; the official client's strings (https://socket.io/docs/v4/client-socket-instance/#disconnect).</summary>
public static class DisconnectReasons
{
    /// <summary>The server disconnected the socket. It does not reconnect by itself.</summary>
    public const string ServerDisconnect = "io server disconnect";

    /// <summary>The application disconnected the socket. It does not reconnect by itself.</summary>
    public const string ClientDisconnect = "io client disconnect";

    /// <summary>The server sent no ping within its interval and timeout.</summary>
    public const string PingTimeout = "ping timeout";

    /// <summary>The connection was closed, by the server or by the network.</summary>
    public const string TransportClose = "transport close";

    /// <summary>The connection met an error.</summary>
    public const string TransportError = "transport error";

    /// <summary>The server sent a malformed packet.</summary>
    public const string ParseError = "parse error";

    /// <summary>The application closed the engine below the manager.</summary>
    public const string ForcedClose = "forced close";
}
