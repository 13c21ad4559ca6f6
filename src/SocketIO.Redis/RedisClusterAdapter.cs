using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Adapters;
using SocketIO.Redis.Connections;
using StackExchange.Redis;

namespace SocketIO.Redis;

/// <summary>The base of the adapters on Redis: the connection, how many servers there are, and whether this one hears them.</summary>
/// <remarks>Thread-safe.</remarks>
public abstract class RedisClusterAdapter : ClusterAdapter
{
    private readonly List<RedisSubscription> _subscriptions = [];

    private protected RedisClusterAdapter(ServerNamespace ns, RedisOptions options, RedisConnection connection)
        : base(ns, options) =>
        Connection = connection;

    private protected RedisConnection Connection { get; }

    /// <summary>The channel to which each server of the namespace listens.</summary>
    private protected abstract RedisChannel CommonChannel { get; }

    /// <summary>The channel to which this server alone listens.</summary>
    private protected abstract RedisChannel OwnChannel { get; }

    /// <inheritdoc/>
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync().ConfigureAwait(false);
        await Connection.ConnectAsync().ConfigureAwait(false);
        // First its own: who hears the others can be answered.
        await ListenAsync(OwnChannel, OnOwnMessageAsync).ConfigureAwait(false);
        await ListenAsync(CommonChannel, OnCommonMessageAsync).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask CloseAsync()
    {
        RedisSubscription[] subscriptions;
        lock (_subscriptions) subscriptions = [.. _subscriptions];
        await Task.WhenAll(subscriptions.Select(static subscription => subscription.DisposeAsync().AsTask())).ConfigureAwait(false);
        await Connection.LeaveAsync().ConfigureAwait(false);
        await base.CloseAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override ValueTask<int> GetServerCountAsync(CancellationToken cancellationToken = default) =>
        Connection.CountSubscribersAsync(CommonChannel, cancellationToken);

    /// <summary>Listens until the adapter is closed.</summary>
    private protected async ValueTask ListenAsync(RedisChannel channel, Func<RedisChannel, ReadOnlyMemory<byte>, ValueTask> onMessage)
    {
        var subscription = await Connection.SubscribeAsync(channel, onMessage).ConfigureAwait(false);
        lock (_subscriptions) _subscriptions.Add(subscription);
    }

    /// <summary>A message came on <see cref="CommonChannel"/>.</summary>
    private protected abstract ValueTask OnCommonMessageAsync(RedisChannel channel, ReadOnlyMemory<byte> message);

    /// <summary>A message came on <see cref="OwnChannel"/>.</summary>
    private protected abstract ValueTask OnOwnMessageAsync(RedisChannel channel, ReadOnlyMemory<byte> message);
}
