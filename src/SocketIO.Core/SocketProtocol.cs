namespace SocketIO;

/// <summary>Constants of the Socket.IO protocol.</summary>
/// <remarks>Source: https://github.com/socketio/socket.io-protocol</remarks>
public static class SocketProtocol
{
    /// <summary>The revision of the protocol that this library speaks.</summary>
    public const int Revision = 5;

    /// <summary>The main namespace; never written on the wire.</summary>
    public const string MainNamespace = "/";
}
