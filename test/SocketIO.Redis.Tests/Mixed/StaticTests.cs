namespace SocketIO.Redis.Tests.Mixed;

public sealed class StaticTests(StaticTests.Servers servers) : MixedCluster(servers), IClassFixture<StaticTests.Servers>
{
    public sealed class Servers(SharedRedis redis) : MixedServers(redis, ClusterKind.Sharded(RedisSubscriptionMode.Static));
}
