namespace SocketIO.Cluster;

/// <summary>The answer of one server to an event.</summary>
/// <param name="senderId">The server that answers.</param>
/// <param name="ns">The namespace.</param>
/// <param name="requestId">The request.</param>
/// <param name="answer">The answer, one value; empty for none.</param>
public sealed class ServerSideEmitResponse(string senderId, string ns, string requestId, Payload answer)
    : ClusterResponse(ClusterMessageType.ServerSideEmitResponse, senderId, ns, requestId)
{
    /// <summary>The answer, one value; empty for none.</summary>
    public Payload Answer { get; } = answer;
}
