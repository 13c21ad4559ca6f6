namespace SocketIO.Cluster;

/// <summary>An answer to a request. Immutable.</summary>
/// <param name="type">What it is.</param>
/// <param name="senderId">The server that answers.</param>
/// <param name="ns">The namespace.</param>
/// <param name="requestId">The request.</param>
public abstract class ClusterResponse(ClusterMessageType type, string senderId, string ns, string requestId) : ClusterMessage(type, senderId, ns)
{
    /// <summary>The request.</summary>
    public string RequestId { get; } = requestId;
}
