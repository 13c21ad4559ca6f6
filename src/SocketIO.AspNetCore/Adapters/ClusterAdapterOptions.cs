namespace SocketIO.AspNetCore.Adapters;

/// <summary>Options of a <see cref="ClusterAdapter"/>; read when it is made.</summary>
public class ClusterAdapterOptions
{
    /// <summary>How long the answers of other servers may take, where the operation sets no limit of its own; below 24 days. Default: 5 s.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the store may take for a message; after that it counts as failed, and what it says is done on this server. Clients of this server wait no longer than
    /// that for an event. Below 24 days. Default: 5 s.</summary>
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
