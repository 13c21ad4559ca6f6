using TestKit;

namespace SocketIO.Redis.Tests.Sharded;

public sealed class DynamicPrivateInAClusterTests(SharedRedisCluster cluster) : ShardedSpecification
{
    protected override RedisSubscriptionMode Mode => RedisSubscriptionMode.DynamicPrivate;

    protected override async Task<IReadOnlyList<RedisServer>> GetMastersAsync() => (await cluster.Started).Masters;
}
