namespace SocketIO.Redis.Tests.Mixed;

public sealed class ClassicTests(ClassicTests.Servers servers) : MixedCluster(servers), IClassFixture<ClassicTests.Servers>
{
    // Requests of this adapter are JSON.
    protected override string BytesForServers => """{"type":"Buffer","data":[1,2]}""";

    public sealed class Servers(SharedRedis redis) : MixedServers(redis, ClusterKind.Classic);
}
