namespace SocketIO.Cluster;

/// <summary>An event for sockets of all servers. With a <see cref="RequestId"/> each server answers with one <see cref="ClientCountResponse"/> and, for each socket that
/// acknowledges it, a <see cref="BroadcastAckResponse"/>.</summary>
/// <param name="senderId">The sender.</param>
/// <param name="ns">The namespace.</param>
/// <param name="data">The event: a JSON array of its name and arguments.</param>
/// <param name="options">Whom it reaches.</param>
/// <param name="requestId">Names the answers; null where none are wanted.</param>
/// <param name="packetId">See <see cref="PacketId"/>.</param>
public sealed class BroadcastMessage(string senderId, string ns, Payload data, BroadcastOptions options, string? requestId = null, long? packetId = null)
    : ClusterMessage(ClusterMessageType.Broadcast, senderId, ns)
{
    /// <summary>The event: a JSON array of its name and arguments.</summary>
    public Payload Data { get; } = data;

    /// <summary>Whom it reaches.</summary>
    public BroadcastOptions Options { get; } = options;

    /// <summary>Names the answers; null where none are wanted.</summary>
    public string? RequestId { get; } = requestId;

    /// <summary>The acknowledgement id of an event that is emitted to one socket and stored for recovery; else null.</summary>
    public long? PacketId { get; } = packetId;
}
