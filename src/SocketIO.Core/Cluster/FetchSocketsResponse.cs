namespace SocketIO.Cluster;

/// <summary>The sockets of one server.</summary>
/// <param name="senderId">The server that answers.</param>
/// <param name="ns">The namespace.</param>
/// <param name="requestId">The request.</param>
/// <param name="sockets">Its matching sockets; none where only their number was asked for.</param>
/// <param name="count">See <see cref="Count"/>; null for that of <paramref name="sockets"/>.</param>
public sealed class FetchSocketsResponse(string senderId, string ns, string requestId, IReadOnlyList<SocketRecord> sockets, int? count = null)
    : ClusterResponse(ClusterMessageType.FetchSocketsResponse, senderId, ns, requestId)
{
    /// <summary>Its matching sockets.</summary>
    public IReadOnlyList<SocketRecord> Sockets { get; } = sockets;

    /// <summary>How many sockets match; written, as <c>count</c>, where there are others than <see cref="Sockets"/>.</summary>
    public int Count { get; } = count ?? sockets.Count;
}
