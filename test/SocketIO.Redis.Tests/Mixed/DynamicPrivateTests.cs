namespace SocketIO.Redis.Tests.Mixed;

public sealed class DynamicPrivateTests(DynamicPrivateTests.Servers servers) : MixedCluster(servers), IClassFixture<DynamicPrivateTests.Servers>
{
    public sealed class Servers(SharedRedis redis) : MixedServers(redis, ClusterKind.Sharded(RedisSubscriptionMode.DynamicPrivate));
}
