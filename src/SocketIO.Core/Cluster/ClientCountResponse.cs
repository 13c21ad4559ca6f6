namespace SocketIO.Cluster;

/// <summary>How many sockets of one server a broadcast was sent to.</summary>
/// <param name="senderId">The server that answers.</param>
/// <param name="ns">The namespace.</param>
/// <param name="requestId">The request.</param>
/// <param name="clientCount">How many.</param>
public sealed class ClientCountResponse(string senderId, string ns, string requestId, int clientCount)
    : ClusterResponse(ClusterMessageType.BroadcastClientCount, senderId, ns, requestId)
{
    /// <summary>How many.</summary>
    public int ClientCount { get; } = clientCount;
}
