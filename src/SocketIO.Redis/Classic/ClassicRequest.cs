using SocketIO.Cluster;

namespace SocketIO.Redis.Classic;

/// <summary>A request of this protocol that other adapters do not have.</summary>
/// <param name="type">What is asked.</param>
/// <param name="senderId">Who asks; empty where it does not say.</param>
/// <param name="ns">The namespace.</param>
/// <param name="requestId">Names the answers.</param>
internal sealed class ClassicRequest(ClassicRequestType type, string senderId, string ns, string? requestId)
    : ClusterMessage(ClassicCodec.OfItsOwn, senderId, ns)
{
    public ClassicRequestType Request { get; } = type;

    public string? RequestId { get; } = requestId;

    /// <summary>Whose sockets are asked for; empty for all.</summary>
    public IReadOnlyList<string> Rooms { get; init; } = [];

    /// <summary>The socket that is meant, where a server before 6.1 has it join, leave or disconnected.</summary>
    public string? SocketId { get; init; }

    /// <summary>The room that it joins or leaves.</summary>
    public string? Room { get; init; }

    /// <summary>Whether its connection is closed as well.</summary>
    public bool Close { get; init; }
}
