namespace SocketIO.Redis.Tests.Streams;

public sealed class ThreeStreamsSpecification(SharedRedis redis) : StreamsSpecification(redis)
{
    protected override void Configure(RedisStreamsAdapterOptions options) => options.StreamCount = 3;
}
