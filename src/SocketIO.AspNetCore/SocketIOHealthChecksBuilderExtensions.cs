using Microsoft.Extensions.Diagnostics.HealthChecks;
using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Diagnostics;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers health checks of Socket.IO servers.</summary>
public static class SocketIOHealthChecksBuilderExtensions
{
    /// <summary>Adds a health check of a server: healthy while it takes clients, degraded while the other servers of its cluster cannot be
    /// reached, unhealthy while it drains and when it is closed. Its data are the numbers of
    /// <c>sessions</c>, <c>sockets</c> and <c>namespaces</c>.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The name of the check. Default: <c>socketio</c>.</param>
    /// <param name="serverName">The name under which the server was registered; null for the one without a name.</param>
    /// <param name="failureStatus">What unhealthy is to be called; null for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Tags to filter checks by.</param>
    /// <param name="configure">Sets from how many sessions on it is not content.</param>
    public static IHealthChecksBuilder AddSocketIO(
        this IHealthChecksBuilder builder,
        string name = "socketio",
        string? serverName = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        Action<SocketIOHealthOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new SocketIOHealthOptions();
        configure?.Invoke(options);
        return builder.Add(new HealthCheckRegistration(
            name,
            provider => new SocketIOHealthCheck(
                serverName is null ? provider.GetRequiredService<SocketIOServer>() : provider.GetRequiredKeyedService<SocketIOServer>(serverName),
                options),
            failureStatus,
            tags));
    }
}
