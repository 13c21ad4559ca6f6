using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace SocketIO.Redis.Connections;

/// <summary>One server's way to Redis, which the adapters of its namespaces share. Nothing here waits for a Redis that is away, but <see cref="ConnectAsync"/>.</summary>
/// <remarks>Thread-safe. Servers are counted by their subscribed connections, hence one connection for each server.</remarks>
internal sealed partial class RedisConnection
{
    private readonly RedisOptions _options;
    private readonly RedisConnections _owner;
    private readonly ILogger _log;
    private readonly Lazy<Task<IConnectionMultiplexer>> _connecting;
    private readonly Lazy<Task> _patience;
    private readonly ConcurrentDictionary<RedisSubscription, byte> _subscriptions = new();
    private readonly PublishWindow _window;
    private IConnectionMultiplexer? _multiplexer;
    private int _users;

    public RedisConnection(RedisOptions options, RedisConnections owner, TimeProvider timeProvider, ILogger log)
    {
        (_options, _owner, _log, TimeProvider) = (options, owner, log, timeProvider);
        _connecting = new(OpenAsync);
        _patience = new(() => _connecting.Value.WaitAsync(options.PublishTimeout, timeProvider));
        _window = new PublishWindow(this, log);
        Name = options.ServerName ?? $"{Environment.MachineName}:{Environment.ProcessId}";
    }

    /// <summary>How this server is named to others.</summary>
    public string Name { get; }

    public TimeProvider TimeProvider { get; }

    /// <summary>The database, once <see cref="ConnectAsync"/> has completed; throws before.</summary>
    public IDatabase Database => Multiplexer.GetDatabase();

    public bool IsAvailable => _multiplexer is { IsConnected: true };

    internal RedisMetrics Metrics => _owner.Metrics;

    internal TimeSpan PublishTimeout => _options.PublishTimeout;

    internal ISubscriber Subscriber => Multiplexer.GetSubscriber();

    private IConnectionMultiplexer Multiplexer => _multiplexer ?? throw Unavailable();

    /// <summary>Connects, once for all who ask. Where Redis is away it completes after the first attempts, and goes on trying by itself.</summary>
    public async ValueTask<IConnectionMultiplexer> ConnectAsync(CancellationToken cancellationToken = default) =>
        await _connecting.Value.WaitAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Listens to a channel. Messages are handed over in their order, one at a time; a handler that throws is logged and counted.</summary>
    /// <param name="channel">The channel, or a pattern.</param>
    /// <param name="onMessage">Gets the channel and the message, which stays as it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The subscription, confirmed by Redis; where Redis is away, it is made as soon as it is back.</returns>
    public async ValueTask<RedisSubscription> SubscribeAsync(
        RedisChannel channel, Func<RedisChannel, ReadOnlyMemory<byte>, ValueTask> onMessage, CancellationToken cancellationToken = default)
    {
        await ConnectAsync(cancellationToken).ConfigureAwait(false);
        var subscription = new RedisSubscription(this, channel, onMessage, _log);
        _subscriptions[subscription] = 0;
        await subscription.OpenAsync().ConfigureAwait(false);
        return subscription;
    }

    /// <summary>Publishes. Completes when the message is on its way, in the order of the calls; its bytes must stay as they are.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RedisConnectionException">Redis is away.</exception>
    /// <exception cref="TimeoutException">Redis has confirmed nothing for too long.</exception>
    public ValueTask PublishAsync(RedisChannel channel, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        if (_multiplexer is null) return PublishFirstAsync(channel, message, cancellationToken);
        return IsAvailable ? _window.PublishAsync(channel, message, cancellationToken) : ValueTask.FromException(Unavailable());
    }

    /// <summary>How many connections listen to exactly this channel, on all primaries together.</summary>
    /// <param name="channel">The channel; no pattern.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RedisException">Redis is away or did not answer.</exception>
    public async ValueTask<int> CountSubscribersAsync(RedisChannel channel, CancellationToken cancellationToken = default)
    {
        var multiplexer = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        if (!multiplexer.IsConnected) throw Unavailable();
        var counts = multiplexer.GetServers().Where(static server => server is { IsConnected: true, IsReplica: false }).Select(Count).ToList();
        return (int)(await Task.WhenAll(counts).WaitAsync(cancellationToken).ConfigureAwait(false)).Sum();

        async Task<long> Count(IServer server)
        {
            var answer = await server.ExecuteAsync("PUBSUB", [channel.IsSharded ? "SHARDNUMSUB" : "NUMSUB", (byte[])channel!]).ConfigureAwait(false);
            return (long)answer[1];
        }
    }

    public void Enter() => Interlocked.Increment(ref _users);

    /// <summary>An adapter has ended. With the last one the connection ends, if it is this server's own.</summary>
    public async ValueTask LeaveAsync()
    {
        if (Interlocked.Decrement(ref _users) > 0) return;
        _owner.Forget(this);
        if (!_connecting.IsValueCreated) return;
        var multiplexer = await _connecting.Value.ConfigureAwait(false);
        Unwatch(multiplexer);
        if (_options.ConnectionMultiplexer is null) await multiplexer.DisposeAsync().ConfigureAwait(false);
    }

    internal void Forget(RedisSubscription subscription) => _subscriptions.TryRemove(subscription, out _);

    internal RedisConnectionException Unavailable() => new(ConnectionFailureType.UnableToConnect, CommandFlags.None, Outage ?? "There is no connection to Redis yet.");

    private async Task<IConnectionMultiplexer> OpenAsync()
    {
        var multiplexer = _options.ConnectionMultiplexer
            ?? await ConnectionMultiplexer.ConnectAsync(_options.ToConfiguration(Name)).ConfigureAwait(false);
        Watch(multiplexer);
        _multiplexer = multiplexer;
        return multiplexer;
    }

    // At the start, the first messages wait for the connection rather than get lost, within the time that one message may wait.
    private async ValueTask PublishFirstAsync(RedisChannel channel, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        await _patience.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!IsAvailable) throw Unavailable();
        await _window.PublishAsync(channel, message, cancellationToken).ConfigureAwait(false);
    }
}
