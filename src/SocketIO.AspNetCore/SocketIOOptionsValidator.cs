using EngineIO.AspNetCore;
using Microsoft.Extensions.Options;

namespace SocketIO.AspNetCore;

/// <summary>Says what is wrong with options: which one, its value and what to do.</summary>
internal sealed class SocketIOOptionsValidator : IValidateOptions<SocketIOOptions>
{
    public ValidateOptionsResult Validate(string? name, SocketIOOptions options) =>
        Check(options) is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;

    public static IReadOnlyList<string> Check(SocketIOOptions options)
    {
        var faults = new List<string>(EngineOptionsValidator.Check(options));
        Require(
            options.ConnectTimeout >= TimeSpan.Zero && options.ConnectTimeout.TotalMilliseconds <= int.MaxValue,
            nameof(options.ConnectTimeout),
            options.ConnectTimeout,
            "a time below 24 days, or to zero for the default of 45 s");
        Require(options.MaxConcurrentHandlers > 0, nameof(options.MaxConcurrentHandlers), options.MaxConcurrentHandlers, "at least 1");
        Require(options.MaxQueuedEvents > 0, nameof(options.MaxQueuedEvents), options.MaxQueuedEvents, "at least 1");
        Require(options.MaxNamespacesPerConnection > 0, nameof(options.MaxNamespacesPerConnection), options.MaxNamespacesPerConnection, "at least 1");
        Require(options.MaxChildNamespaces > 0, nameof(options.MaxChildNamespaces), options.MaxChildNamespaces, "at least 1");
        Require(options.MaxNamespaceLength > 0, nameof(options.MaxNamespaceLength), options.MaxNamespaceLength, "at least 1");
        if (options.ConnectionStateRecovery is { } recovery)
        {
            RequireOfRecovery(
                recovery.MaxDisconnectionDuration > TimeSpan.Zero && recovery.MaxDisconnectionDuration.TotalMilliseconds <= int.MaxValue,
                nameof(recovery.MaxDisconnectionDuration),
                recovery.MaxDisconnectionDuration,
                "a time above zero and below 24 days");
            RequireOfRecovery(recovery.MaxStoredBytes > 0, nameof(recovery.MaxStoredBytes), recovery.MaxStoredBytes, "at least 1");
            RequireOfRecovery(recovery.MaxStoredSessions > 0, nameof(recovery.MaxStoredSessions), recovery.MaxStoredSessions, "at least 1");
        }

        Require(
            Enum.IsDefined(options.RateLimitExceeded),
            nameof(options.RateLimitExceeded),
            options.RateLimitExceeded,
            "one of " + string.Join(", ", Enum.GetNames<RateLimitExceededPolicy>()));
        if (options.Drain is { } drain) faults.AddRange(drain.Check("Drain."));
        return faults;

        void RequireOfRecovery(bool holds, string option, object value, string wanted) =>
            Require(holds, $"{nameof(options.ConnectionStateRecovery)}.{option}", value, wanted);

        void Require(bool holds, string option, object value, string wanted)
        {
            if (!holds) faults.Add($"The option {option} is {value}; set it to {wanted}.");
        }
    }
}
