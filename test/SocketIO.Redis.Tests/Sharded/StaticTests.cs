using TestKit;

namespace SocketIO.Redis.Tests.Sharded;

public sealed class StaticTests(SharedRedis redis) : ShardedSpecification
{
    protected override RedisSubscriptionMode Mode => RedisSubscriptionMode.Static;

    protected override Task<IReadOnlyList<RedisServer>> GetMastersAsync() => Task.FromResult<IReadOnlyList<RedisServer>>([redis.Server]);
}
