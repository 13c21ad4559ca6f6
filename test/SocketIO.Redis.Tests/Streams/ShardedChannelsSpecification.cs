namespace SocketIO.Redis.Tests.Streams;

public sealed class ShardedChannelsSpecification(SharedRedis redis) : StreamsSpecification(redis)
{
    protected override void Configure(RedisStreamsAdapterOptions options) => options.UseShardedPubSub = true;
}
