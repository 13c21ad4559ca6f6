using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SocketIO.Cluster;

namespace SocketIO.AspNetCore.Adapters;

/// <summary>The base of adapters whose servers know one another by heartbeats: for stores that cannot tell how many servers listen.</summary>
/// <remarks>
/// <para>A request waits for the servers that are known when it is sent, and no longer for one that leaves or falls silent meanwhile. In the first moments after the start, until
/// the others have answered, a server knows of itself alone.</para>
/// <para>Thread-safe: the servers are in a concurrent dictionary; there is no lock.</para>
/// </remarks>
public abstract class HeartbeatClusterAdapter : ClusterAdapter
{
    private static readonly TimeSpan s_sweepInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, long> _lastSeen = new(StringComparer.Ordinal);
    private readonly TimeSpan _interval;
    private readonly TimeSpan _timeout;
    private readonly ITimer _heartbeat;
    private readonly ITimer _sweep;
    private readonly ILogger _log;
    private volatile bool _isClosed;

    /// <summary>Makes the adapter of a namespace.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not positive, or longer than 24 days, or the timeout is not longer than it.</exception>
    protected HeartbeatClusterAdapter(ServerNamespace ns, HeartbeatAdapterOptions? options = null)
        : base(ns, options ??= new HeartbeatAdapterOptions())
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.HeartbeatInterval, TimeSpan.Zero, nameof(options.HeartbeatInterval));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.HeartbeatInterval, LongestTime, nameof(options.HeartbeatInterval));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.HeartbeatTimeout, options.HeartbeatInterval, nameof(options.HeartbeatTimeout));
        _interval = options.HeartbeatInterval;
        _timeout = options.HeartbeatTimeout;
        _log = Namespace.Server.Loggers.Adapter;
        _heartbeat = TimeProvider.CreateTimer(
            static adapter => ((HeartbeatClusterAdapter)adapter!).Signal(ClusterMessageType.Heartbeat), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _sweep = TimeProvider.CreateTimer(
            static adapter => ((HeartbeatClusterAdapter)adapter!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The other servers that are known at this moment.</summary>
    public IReadOnlyCollection<string> OtherServers => [.. _lastSeen.Keys];

    /// <summary>Asks the other servers to show themselves. A derived class listens before it calls this.</summary>
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync().ConfigureAwait(false);
        _sweep.Change(s_sweepInterval, s_sweepInterval);
        Signal(ClusterMessageType.InitialHeartbeat);
    }

    /// <summary>Tells the other servers, and waits until it is said. A derived class stops to listen after that.</summary>
    public override async ValueTask CloseAsync()
    {
        _isClosed = true;
        await _sweep.DisposeAsync().ConfigureAwait(false);
        await _heartbeat.DisposeAsync().ConfigureAwait(false);
        await base.PublishInBackgroundAsync(new SignalMessage(ClusterMessageType.AdapterClose, ServerId, Namespace.Name)).ConfigureAwait(false);
        await base.CloseAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override ValueTask<int> GetServerCountAsync(CancellationToken cancellationToken = default) => new(1 + _lastSeen.Count);

    /// <inheritdoc/>
    protected override ValueTask OnMessageAsync(ClusterMessage message, string? offset = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!IsForMe(message)) return default;
        switch (message.Type)
        {
            case ClusterMessageType.AdapterClose:
                _lastSeen.TryRemove(message.SenderId, out _);
                Forget(message.SenderId, isLost: false);
                return base.OnMessageAsync(message, offset);
            case ClusterMessageType.InitialHeartbeat:
                Signal(ClusterMessageType.Heartbeat);
                break;
        }

        if (message.SenderId is not ("" or ClusterMessage.Emitter)) _lastSeen[message.SenderId] = TimeProvider.GetTimestamp();
        return base.OnMessageAsync(message, offset);
    }

    private protected override ValueTask<ClusterRequest?> BeginRequestAsync(
        string requestId, ClusterMessageType responseType, CancellationToken cancellationToken)
    {
        string[] others = [.. _lastSeen.Keys];
        if (others.Length == 0) return default;
        var request = Register(requestId, new ClusterRequest(responseType, others));
        // One may have left before the request was there to be told.
        foreach (var other in others)
        {
            if (!_lastSeen.ContainsKey(other)) request.Forget(other, isLost: false);
        }

        return new(request);
    }

    private protected override Task<bool> PublishInBackgroundAsync(ClusterMessage message)
    {
        // What is said is a heartbeat, too.
        if (!_isClosed) _heartbeat.Change(_interval, Timeout.InfiniteTimeSpan);
        return base.PublishInBackgroundAsync(message);
    }

    private void Signal(ClusterMessageType type)
    {
        if (!_isClosed) _ = PublishInBackgroundAsync(new SignalMessage(type, ServerId, Namespace.Name));
    }

    private void Sweep()
    {
        foreach (var server in _lastSeen)
        {
            // One that spoke meanwhile has another time, and stays.
            if (TimeProvider.GetElapsedTime(server.Value) <= _timeout || !_lastSeen.TryRemove(server)) continue;
            LogNodeDown(_log, ServerId, server.Key);
            Forget(server.Key, isLost: true);
        }
    }

    private void Forget(string server, bool isLost)
    {
        foreach (var request in PendingRequests) request.Forget(server, isLost);
    }
}
