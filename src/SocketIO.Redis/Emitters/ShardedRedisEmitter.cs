using SocketIO.Cluster;
using StackExchange.Redis;

namespace SocketIO.Redis.Emitters;

/// <summary>Speaks to a cluster whose servers use <c>createShardedAdapter</c> of <c>@socket.io/redis-adapter</c>, for which there is no official
/// emitter.</summary>
/// <remarks>Source: https://socket.io/docs/v4/redis-adapter/#with-redis-sharded-pubsub.</remarks>
public sealed class ShardedRedisEmitter : ClusterEmitter
{
    private readonly string _prefix;
    private readonly RedisSubscriptionMode _mode;

    /// <summary>An emitter.</summary>
    /// <param name="options">Its options.</param>
    /// <exception cref="ArgumentException">An option is missing or wrong.</exception>
    public ShardedRedisEmitter(ShardedRedisEmitterOptions options)
        : base(options ?? throw new ArgumentNullException(nameof(options))) => (_prefix, _mode) = (options.ChannelPrefix, options.SubscriptionMode);

    /// <summary>An emitter on a connection that the application has.</summary>
    /// <param name="connection">The connection; not disposed of.</param>
    public ShardedRedisEmitter(IConnectionMultiplexer connection)
        : this(new ShardedRedisEmitterOptions { ConnectionMultiplexer = connection })
    {
    }

    private protected override Task SendAsync(IConnectionMultiplexer connection, ClusterMessage message)
    {
        var channel = $"{_prefix}#{message.Namespace}#";
        if (message is BroadcastMessage { Options.Rooms: [var room] } && ShardedRedisAdapter.HasChannel(_mode, room)) channel += $"{room}#";
        return connection.GetSubscriber().PublishAsync(RedisChannel.Sharded(channel), ClusterWire.Write(message));
    }
}
