namespace SocketIO.Redis.Tests.Mixed;

public sealed class DynamicTests(DynamicTests.Servers servers) : MixedCluster(servers), IClassFixture<DynamicTests.Servers>
{
    public sealed class Servers(SharedRedis redis) : MixedServers(redis, ClusterKind.Sharded(RedisSubscriptionMode.Dynamic));
}
