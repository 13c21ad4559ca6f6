namespace SocketIO.Cluster;

/// <summary>Sockets of all servers are to join or leave rooms.</summary>
/// <param name="type"><see cref="ClusterMessageType.SocketsJoin"/> or <see cref="ClusterMessageType.SocketsLeave"/>.</param>
/// <param name="senderId">The sender.</param>
/// <param name="ns">The namespace.</param>
/// <param name="options">Which sockets.</param>
/// <param name="rooms">The rooms.</param>
public sealed class RoomsMessage(ClusterMessageType type, string senderId, string ns, BroadcastOptions options, IReadOnlyCollection<string> rooms)
    : ClusterMessage(type, senderId, ns)
{
    /// <summary>Which sockets.</summary>
    public BroadcastOptions Options { get; } = options;

    /// <summary>The rooms.</summary>
    public IReadOnlyCollection<string> Rooms { get; } = rooms;
}
