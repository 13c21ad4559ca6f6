using TestKit;

namespace SocketIO.Redis.Tests.Sharded;

public sealed class DynamicTests(SharedRedis redis) : ShardedSpecification
{
    protected override RedisSubscriptionMode Mode => RedisSubscriptionMode.Dynamic;

    protected override Task<IReadOnlyList<RedisServer>> GetMastersAsync() => Task.FromResult<IReadOnlyList<RedisServer>>([redis.Server]);
}
