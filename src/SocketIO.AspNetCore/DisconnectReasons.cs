using EngineIO.AspNetCore;

namespace SocketIO.AspNetCore;

/// <summary>Why a socket was disconnected; the reference's strings (https://socket.io/docs/v4/server-socket-instance/#disconnect).</summary>
public static class DisconnectReasons
{
    /// <summary>The server disconnected the socket.</summary>
    public const string ServerNamespaceDisconnect = "server namespace disconnect";

    /// <summary>The client left the namespace.</summary>
    public const string ClientNamespaceDisconnect = "client namespace disconnect";

    /// <summary>The server is closing.</summary>
    public const string ServerShuttingDown = "server shutting down";

    /// <summary>The client did not answer a ping in time.</summary>
    public const string PingTimeout = CloseReasons.PingTimeout;

    /// <summary>The client closed the connection, or it was lost.</summary>
    public const string TransportClose = CloseReasons.TransportClose;

    /// <summary>The connection met an error.</summary>
    public const string TransportError = CloseReasons.TransportError;

    /// <summary>The client sent a malformed Engine.IO packet.</summary>
    public const string ParseError = CloseReasons.ParseError;

    /// <summary>The server closed the connection: for a malformed Socket.IO packet, or on the application's demand.</summary>
    public const string ForcedClose = CloseReasons.ForcedClose;

    /// <summary>The server closed the connection because the client sent what does not fit its state, and the transport could not close at once.</summary>
    public const string ForcedServerClose = "forced server close";

    /// <summary>Whether a session can be restored after a disconnection for this reason.</summary>
    internal static bool IsRecoverable(string reason) =>
        reason is TransportError or TransportClose or ForcedClose or PingTimeout or ServerShuttingDown or ForcedServerClose;
}
