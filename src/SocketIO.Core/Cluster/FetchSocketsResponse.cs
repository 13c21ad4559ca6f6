namespace SocketIO.Cluster;

/// <summary>The sockets of one server.</summary>
/// <param name="senderId">The server that answers.</param>
/// <param name="ns">The namespace.</param>
/// <param name="requestId">The request.</param>
/// <param name="sockets">Its matching sockets.</param>
public sealed class FetchSocketsResponse(string senderId, string ns, string requestId, IReadOnlyList<SocketRecord> sockets)
    : ClusterResponse(ClusterMessageType.FetchSocketsResponse, senderId, ns, requestId)
{
    /// <summary>Its matching sockets.</summary>
    public IReadOnlyList<SocketRecord> Sockets { get; } = sockets;
}
