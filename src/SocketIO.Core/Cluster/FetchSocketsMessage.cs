namespace SocketIO.Cluster;

/// <summary>Each server is to answer with a <see cref="FetchSocketsResponse"/>.</summary>
/// <param name="senderId">The sender.</param>
/// <param name="ns">The namespace.</param>
/// <param name="options">Which sockets.</param>
/// <param name="requestId">Names the answers.</param>
/// <param name="countOnly">See <see cref="CountOnly"/>.</param>
public sealed class FetchSocketsMessage(string senderId, string ns, BroadcastOptions options, string requestId, bool countOnly = false)
    : ClusterMessage(ClusterMessageType.FetchSockets, senderId, ns)
{
    /// <summary>Which sockets.</summary>
    public BroadcastOptions Options { get; } = options;

    /// <summary>Names the answers.</summary>
    public string RequestId { get; } = requestId;

    /// <summary>Whether the sender needs no more than their number: <c>"only":"count"</c>, which the reference does not know; its servers send their sockets, which are
    /// counted.</summary>
    public bool CountOnly { get; } = countOnly;
}
