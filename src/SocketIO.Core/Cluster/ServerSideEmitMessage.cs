namespace SocketIO.Cluster;

/// <summary>An event for the other servers. With a <see cref="RequestId"/> each of them answers with a <see cref="ServerSideEmitResponse"/>.</summary>
/// <param name="senderId">The sender.</param>
/// <param name="ns">The namespace.</param>
/// <param name="data">The event: a JSON array of its name and arguments.</param>
/// <param name="requestId">Names the answers; null where none are wanted.</param>
public sealed class ServerSideEmitMessage(string senderId, string ns, Payload data, string? requestId = null)
    : ClusterMessage(ClusterMessageType.ServerSideEmit, senderId, ns)
{
    /// <summary>The event: a JSON array of its name and arguments.</summary>
    public Payload Data { get; } = data;

    /// <summary>Names the answers; null where none are wanted.</summary>
    public string? RequestId { get; } = requestId;
}
