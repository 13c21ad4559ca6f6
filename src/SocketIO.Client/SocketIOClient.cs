namespace SocketIO.Client;

/// <summary>The shortest way to a socket, as <c>io(url)</c>: sockets of one server share a connection. For a cache of your own, and for disposal in one go, there is
/// <see cref="SocketIOClientFactory"/>.</summary>
/// <remarks>Source: https://socket.io/docs/v4/client-api/#iourl</remarks>
public static class SocketIOClient
{
    /// <summary>The revision of the Socket.IO protocol (<c>io.protocol</c>).</summary>
    public const int Protocol = SocketProtocol.Revision;

    private static readonly SocketIOClientFactory s_factory = new();

    /// <inheritdoc cref="SocketIOClientFactory.Socket"/>
    public static ClientSocket Socket(string url, SocketManagerOptions? options = null) => s_factory.Socket(url, options);

    /// <inheritdoc cref="SocketIOClientFactory.Connect"/>
    public static ClientSocket Connect(string url, SocketManagerOptions? options = null) => s_factory.Connect(url, options);
}
