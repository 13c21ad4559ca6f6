namespace SocketIO.Cluster;

/// <summary>The acknowledgement of a broadcast by one socket.</summary>
/// <param name="senderId">The server that answers.</param>
/// <param name="ns">The namespace.</param>
/// <param name="requestId">The request.</param>
/// <param name="argument">The first argument of the acknowledgement; empty for none.</param>
public sealed class BroadcastAckResponse(string senderId, string ns, string requestId, Payload argument)
    : ClusterResponse(ClusterMessageType.BroadcastAck, senderId, ns, requestId)
{
    /// <summary>The first argument of the acknowledgement; empty for none.</summary>
    public Payload Argument { get; } = argument;
}
