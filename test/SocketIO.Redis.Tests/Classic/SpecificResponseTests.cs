namespace SocketIO.Redis.Tests.Classic;

public sealed class SpecificResponseTests(SharedRedis redis) : RedisAdapterSpecification(redis)
{
    protected override bool PublishOnSpecificResponseChannel => true;
}
