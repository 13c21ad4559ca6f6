namespace SocketIO.AspNetCore.Adapters;

/// <summary>Options of a <see cref="ClusterAdapter"/>; read when it is made.</summary>
public class ClusterAdapterOptions
{
    /// <summary>How long the answers of other servers may take, where the operation sets no limit of its own. Default: 5 s.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
