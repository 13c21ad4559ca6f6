using StackExchange.Redis;
using TestKit;

namespace SocketIO.Redis.Tests;

/// <summary>The servers that the other tests stand on.</summary>
public sealed class RedisServerTests(SharedRedis redis)
{
    [Fact]
    public async Task ItAnswersAndForgets()
    {
        await using var server = await RedisServer.StartAsync();
        await server.CommandAsync("SET", "key", "value");
        Assert.Equal("value", await server.CommandAsync("GET", "key"));
        await server.RestartAsync();
        Assert.Equal("$-1", await server.CommandAsync("GET", "key"));
    }

    [Fact]
    public async Task ThreeMastersAreOneCluster()
    {
        await using var cluster = await RedisCluster.StartAsync();
        await using var client = await ConnectionMultiplexer.ConnectAsync(cluster.Address);
        for (int i = 0; i < 20; i++) await client.GetDatabase().StringSetAsync($"key{i}", i);
        Assert.Equal(3, client.GetServers().Length);
    }

    [Fact]
    public async Task ItIsNotThisTestsOnly()
    {
        string key = SharedRedis.NextPrefix();
        Assert.Equal("+OK", await redis.Server.CommandAsync("SET", key, "1"));
    }
}
