namespace SocketIO.Cluster;

/// <summary>What one server, or an emitter, tells the servers of a cluster. Immutable.</summary>
/// <remarks>Payloads in messages that were read are views of the memory that they were read from.</remarks>
/// <param name="type">What it is.</param>
/// <param name="senderId">The sender: see <see cref="SenderId"/>.</param>
/// <param name="ns">The namespace.</param>
public abstract class ClusterMessage(ClusterMessageType type, string senderId, string ns)
{
    /// <summary>The <see cref="SenderId"/> of an emitter, which is no server.</summary>
    public const string Emitter = "emitter";

    /// <summary>What it is.</summary>
    public ClusterMessageType Type { get; } = type;

    /// <summary>The sender (<c>uid</c>): 16 hexadecimal digits for a server, <see cref="Emitter"/> for an emitter; empty where it named none.</summary>
    public string SenderId { get; } = senderId;

    /// <summary>The namespace (<c>nsp</c>).</summary>
    public string Namespace { get; } = ns;
}
