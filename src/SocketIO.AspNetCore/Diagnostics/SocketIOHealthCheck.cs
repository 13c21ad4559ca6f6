using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SocketIO.AspNetCore.Diagnostics;

/// <summary>Says whether a server takes clients.</summary>
internal sealed class SocketIOHealthCheck(SocketIOServer server, SocketIOHealthOptions options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var sessions = server.Engine.ClientsCount;
        var namespaces = server.Namespaces.Values;
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["sessions"] = sessions,
            ["sockets"] = namespaces.Sum(static ns => ns.Sockets.Count),
            ["namespaces"] = namespaces.Count(),
        };
        // Namespaces of one store say the same.
        string[] outages = [.. namespaces.Select(static ns => ns.Adapter.Outage).OfType<string>().Distinct()];
        return Task.FromResult(Judge());

        HealthCheckResult Judge()
        {
            var failure = context.Registration.FailureStatus;
            if (server.IsClosing) return new(failure, "The server is closed.", data: data);
            if (server.Engine.IsDraining) return new(failure, "The server drains: it takes no new sessions.", data: data);
            if (sessions >= options.UnhealthySessions) return new(failure, $"There are {sessions} sessions; {options.UnhealthySessions} are too many.", data: data);
            if (outages.Length > 0) return new(HealthStatus.Degraded, string.Join(" ", outages), data: data);
            if (sessions >= options.DegradedSessions) return new(HealthStatus.Degraded, $"There are {sessions} sessions; {options.DegradedSessions} are many.", data: data);
            if (sessions >= server.Options.MaxSessions) return new(HealthStatus.Degraded, $"There are {sessions} sessions, as many as there may be.", data: data);
            return new(HealthStatus.Healthy, "The server takes sessions.", data: data);
        }
    }
}
