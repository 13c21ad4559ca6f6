namespace SocketIO.AspNetCore.Adapters;

/// <summary>Options of a <see cref="HeartbeatClusterAdapter"/>; read when it is made.</summary>
public class HeartbeatAdapterOptions : ClusterAdapterOptions
{
    /// <summary>After which silence a server says that it is alive (<c>heartbeatInterval</c>); below 24 days. Default: 5 s.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>After which silence another server is taken for gone (<c>heartbeatTimeout</c>); longer than <see cref="HeartbeatInterval"/>. Default: 10 s.</summary>
    public TimeSpan HeartbeatTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
