using SocketIO.Cluster;
using SocketIO.Redis.Classic;
using StackExchange.Redis;

namespace SocketIO.Redis.Emitters;

/// <summary>Speaks to a cluster whose servers use <see cref="RedisAdapter"/> or <c>createAdapter</c> of <c>@socket.io/redis-adapter</c>, as <c>@socket.io/redis-emitter</c> does.</summary>
/// <remarks>Source: https://socket.io/docs/v4/redis-adapter/#emitter.</remarks>
public sealed class RedisEmitter : ClusterEmitter
{
    private readonly string _key;

    /// <summary>An emitter.</summary>
    /// <param name="options">Its options.</param>
    /// <exception cref="ArgumentException">An option is missing or wrong.</exception>
    public RedisEmitter(RedisEmitterOptions options)
        : base(options ?? throw new ArgumentNullException(nameof(options))) => _key = options.Key;

    /// <summary>An emitter on a connection that the application has.</summary>
    /// <param name="connection">The connection; not disposed of.</param>
    public RedisEmitter(IConnectionMultiplexer connection)
        : this(new RedisEmitterOptions { ConnectionMultiplexer = connection })
    {
    }

    private protected override Task SendAsync(IConnectionMultiplexer connection, ClusterMessage message)
    {
        var channels = new ClassicChannels(_key, message.Namespace);
        var subscriber = connection.GetSubscriber();
        return message is BroadcastMessage broadcast
            ? subscriber.PublishAsync(channels.ForBroadcast(broadcast.Options), ClassicCodec.WriteBroadcast(broadcast))
            : subscriber.PublishAsync(channels.Requests, ClassicCodec.WriteRequest(message));
    }
}
