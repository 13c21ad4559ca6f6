namespace SocketIO.Redis.Tests.Recovery;

public sealed class ShardedRecoveryInAClusterTests(SharedRedis redis, SharedRedisCluster cluster) : ShardedRecoverySpecification(redis)
{
    protected override async Task<string> StartStoreAsync() => (await cluster.Started).Address;
}
