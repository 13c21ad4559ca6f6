namespace SocketIO.Redis.Tests.Mixed;

public sealed class ClassicOnSpecificChannelTests(ClassicOnSpecificChannelTests.Servers servers) : MixedCluster(servers), IClassFixture<ClassicOnSpecificChannelTests.Servers>
{
    // Requests of this adapter are JSON.
    protected override string BytesForServers => """{"type":"Buffer","data":[1,2]}""";

    public sealed class Servers(SharedRedis redis) : MixedServers(redis, ClusterKind.ClassicOnSpecificChannel);
}
