namespace SocketIO.AspNetCore;

/// <summary>When the health check of a server is not content. It never is while the server drains or is closed, and says degraded when
/// <see cref="EngineIO.AspNetCore.EngineOptions.MaxSessions"/> is reached or the other servers of the cluster cannot be (<see cref="Adapters.IAdapter.Outage"/>).</summary>
public class SocketIOHealthOptions
{
    /// <summary>From how many sessions on the server is degraded. Default: null, no such number.</summary>
    public int? DegradedSessions { get; set; }

    /// <summary>From how many sessions on the server is unhealthy, so that a load balancer sends new clients elsewhere. Default: null, no such number.</summary>
    public int? UnhealthySessions { get; set; }
}
