using TestKit;

namespace SocketIO.Redis.Tests.Sharded;

public sealed class DynamicInAClusterTests(SharedRedisCluster cluster) : ShardedSpecification
{
    protected override RedisSubscriptionMode Mode => RedisSubscriptionMode.Dynamic;

    protected override async Task<IReadOnlyList<RedisServer>> GetMastersAsync() => (await cluster.Started).Masters;
}
