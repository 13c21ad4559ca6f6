namespace SocketIO.Redis.Tests.Mixed;

public sealed class StreamsTests(StreamsTests.Servers servers) : MixedCluster(servers), IClassFixture<StreamsTests.Servers>
{
    public sealed class Servers(SharedRedis redis) : MixedServers(redis, ClusterKind.Streams);
}
