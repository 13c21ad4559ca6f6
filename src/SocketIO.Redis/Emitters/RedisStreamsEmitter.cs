using SocketIO.Cluster;
using SocketIO.Redis.Recovery;
using SocketIO.Redis.Streams;
using StackExchange.Redis;

namespace SocketIO.Redis.Emitters;

/// <summary>Speaks to a cluster whose servers use <see cref="RedisStreamsAdapter"/> or <c>@socket.io/redis-streams-adapter</c>, as <c>@socket.io/redis-streams-emitter</c> does.</summary>
/// <remarks>Source: https://socket.io/docs/v4/redis-streams-adapter/.</remarks>
public sealed class RedisStreamsEmitter : ClusterEmitter
{
    private readonly string _streamName;
    private readonly int _streamCount;
    private readonly int _maxLength;

    /// <summary>An emitter.</summary>
    /// <param name="options">Its options.</param>
    /// <exception cref="ArgumentException">An option is missing or wrong.</exception>
    public RedisStreamsEmitter(RedisStreamsEmitterOptions options)
        : base(options ?? throw new ArgumentNullException(nameof(options))) =>
        (_streamName, _streamCount, _maxLength) = (options.StreamName, options.StreamCount, options.MaxLength);

    /// <summary>An emitter on a connection that the application has.</summary>
    /// <param name="connection">The connection; not disposed of.</param>
    public RedisStreamsEmitter(IConnectionMultiplexer connection)
        : this(new RedisStreamsEmitterOptions { ConnectionMultiplexer = connection })
    {
    }

    private protected override Task SendAsync(IConnectionMultiplexer connection, ClusterMessage message) => connection.GetDatabase().StreamAddAsync(
        StreamNames.Of(message.Namespace, _streamName, _streamCount).Written,
        EntryCodec.Write(message, EntryCodec.WriteData(message)),
        maxLength: _maxLength,
        useApproximateMaxLength: true);
}
