using TestKit;

namespace SocketIO.Redis.Tests.Sharded;

public sealed class DynamicPrivateTests(SharedRedis redis) : ShardedSpecification
{
    protected override RedisSubscriptionMode Mode => RedisSubscriptionMode.DynamicPrivate;

    protected override Task<IReadOnlyList<RedisServer>> GetMastersAsync() => Task.FromResult<IReadOnlyList<RedisServer>>([redis.Server]);
}
