using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace SocketIO.Redis.Connections;

// Whether Redis is there, and what is done when it is back.
internal sealed partial class RedisConnection
{
    private readonly object _gate = new();
    private string? _outage;

    /// <summary>Since when and why Redis cannot be reached; null where it can.</summary>
    public string? Outage => Volatile.Read(ref _outage);

    /// <summary>Something does not work.</summary>
    /// <param name="reason">What, without content.</param>
    internal void ReportOutage(string reason)
    {
        lock (_gate)
        {
            if (_outage is not null) return;
            _outage = $"since {TimeProvider.GetUtcNow():u}: {reason}";
        }

        Metrics.OutageBegan();
        LogOutage(_log, reason);
    }

    /// <summary>Everything works again.</summary>
    internal void ReportRecovery()
    {
        lock (_gate)
        {
            if (_outage is null || !AreAllConnected()) return;
            _outage = null;
        }

        LogRecovery(_log);
    }

    /// <summary>Subscribes anew to every channel: Redis does not know of what it should.</summary>
    internal async ValueTask HealAsync()
    {
        Metrics.Healed();
        foreach (var subscription in _subscriptions.Keys) await subscription.ReopenAsync().ConfigureAwait(false);
    }

    private void Watch(IConnectionMultiplexer multiplexer)
    {
        multiplexer.ConnectionFailed += OnConnectionFailed;
        multiplexer.ConnectionRestored += OnConnectionRestored;
        if (!multiplexer.IsConnected) ReportOutage("there is no connection to Redis");
    }

    private void Unwatch(IConnectionMultiplexer multiplexer)
    {
        multiplexer.ConnectionFailed -= OnConnectionFailed;
        multiplexer.ConnectionRestored -= OnConnectionRestored;
    }

    private void OnConnectionFailed(object? sender, ConnectionFailedEventArgs failure) =>
        ReportOutage($"the connection to {failure.EndPoint} failed ({failure.FailureType})");

    private void OnConnectionRestored(object? sender, ConnectionFailedEventArgs restored)
    {
        ReportRecovery();
        _ = OpenMissingAsync();
    }

    private async Task OpenMissingAsync()
    {
        foreach (var subscription in _subscriptions.Keys)
        {
            if (!subscription.IsOpen) await subscription.OpenAsync().ConfigureAwait(false);
        }
    }

    private bool AreAllConnected() =>
        _multiplexer is { IsConnected: true } multiplexer && Array.TrueForAll(multiplexer.GetServers(), static server => server.IsConnected || server.IsReplica);

    [LoggerMessage(30, LogLevel.Error, "Redis cannot be reached: {Reason}. Broadcasts go to the clients of this server alone until it is back.")]
    private static partial void LogOutage(ILogger logger, string reason);

    [LoggerMessage(31, LogLevel.Warning, "Redis is back.")]
    private static partial void LogRecovery(ILogger logger);
}
