namespace SocketIO.Cluster;

/// <summary>Sockets of all servers are to be disconnected.</summary>
/// <param name="senderId">The sender.</param>
/// <param name="ns">The namespace.</param>
/// <param name="options">Which sockets.</param>
/// <param name="close">Whether their connections are closed as well.</param>
public sealed class DisconnectSocketsMessage(string senderId, string ns, BroadcastOptions options, bool close)
    : ClusterMessage(ClusterMessageType.DisconnectSockets, senderId, ns)
{
    /// <summary>Which sockets.</summary>
    public BroadcastOptions Options { get; } = options;

    /// <summary>Whether their connections are closed as well.</summary>
    public bool Close { get; } = close;
}
