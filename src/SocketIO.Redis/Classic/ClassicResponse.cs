using SocketIO.Cluster;

namespace SocketIO.Redis.Classic;

/// <summary>An answer of this protocol that other adapters do not have.</summary>
/// <param name="request">To what; <see cref="ClassicRequestType.RemoteFetch"/> for an answer with nothing in it, which may be to anything.</param>
/// <param name="senderId">The server that answers; empty where it does not say.</param>
/// <param name="ns">The namespace.</param>
/// <param name="requestId">The request.</param>
/// <param name="found">The sockets' ids, or the rooms.</param>
internal sealed class ClassicResponse(ClassicRequestType request, string senderId, string ns, string requestId, IReadOnlyCollection<string> found)
    : ClusterResponse(ClassicCodec.OfItsOwn, senderId, ns, requestId)
{
    public ClassicRequestType Request { get; } = request;

    public IReadOnlyCollection<string> Found { get; } = found;
}
