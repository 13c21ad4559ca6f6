using EngineIO.AspNetCore;
using Shared;

namespace SocketIO.AspNetCore.Internal;

/// <summary>Reads <see cref="SocketIOOptions"/> from the configuration.</summary>
internal static class SocketIOOptionsReader
{
    public static void Read(OptionsSection section, SocketIOOptions options)
    {
        EngineOptionsReader.Read(section, options);
        section.Time(nameof(options.ConnectTimeout), value => options.ConnectTimeout = value);
        section.Flag(nameof(options.ServeClient), value => options.ServeClient = value);
        section.Group(
            nameof(options.ConnectionStateRecovery), options.ConnectionStateRecovery, ReadRecovery, value => options.ConnectionStateRecovery = value);
        section.Number<int>(nameof(options.MaxConcurrentHandlers), value => options.MaxConcurrentHandlers = value);
        section.Number<int>(nameof(options.MaxQueuedEvents), value => options.MaxQueuedEvents = value);
        section.Number<int>(nameof(options.MaxNamespacesPerConnection), value => options.MaxNamespacesPerConnection = value);
        section.Flag(nameof(options.CleanupEmptyChildNamespaces), value => options.CleanupEmptyChildNamespaces = value);
        section.Number<int>(nameof(options.MaxChildNamespaces), value => options.MaxChildNamespaces = value);
        section.Number<int>(nameof(options.MaxNamespaceLength), value => options.MaxNamespaceLength = value);
        section.Flag(nameof(options.EnableDetailedErrors), value => options.EnableDetailedErrors = value);
        section.Group(nameof(options.Drain), options.Drain, ReadDrain, value => options.Drain = value);
        section.Choice<RateLimitExceededPolicy>(nameof(options.RateLimitExceeded), value => options.RateLimitExceeded = value);
        section.InCode(nameof(options.Adapter), nameof(options.Parser), nameof(options.SerializerOptions));
        section.InCode(nameof(options.EventRateLimiter), nameof(options.EventRateLimiters));
    }

    private static void ReadDrain(OptionsSection section, DrainOptions drain)
    {
        section.Time(nameof(drain.Timeout), value => drain.Timeout = value);
        section.Number<int>(nameof(drain.SessionsPerSecond), value => drain.SessionsPerSecond = value);
        section.Number<double>(nameof(drain.Jitter), value => drain.Jitter = value);
    }

    private static void ReadRecovery(OptionsSection section, ConnectionStateRecoveryOptions recovery)
    {
        section.Time(nameof(recovery.MaxDisconnectionDuration), value => recovery.MaxDisconnectionDuration = value);
        section.Flag(nameof(recovery.SkipMiddlewares), value => recovery.SkipMiddlewares = value);
        section.Number<long>(nameof(recovery.MaxStoredBytes), value => recovery.MaxStoredBytes = value);
        section.Number<int>(nameof(recovery.MaxStoredSessions), value => recovery.MaxStoredSessions = value);
        section.InCode(nameof(recovery.Authorize));
    }
}
