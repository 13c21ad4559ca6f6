using SocketIO.Redis.Tests;
using TestKit;

[assembly: AssemblyFixture(typeof(SharedRedisCluster))]

namespace SocketIO.Redis.Tests;

/// <summary>One Redis Cluster for all tests that do no harm to it, started by the first; each has channels and keys of its own (<see cref="SharedRedis.NextPrefix"/>).</summary>
public sealed class SharedRedisCluster : IAsyncDisposable
{
    private readonly Lazy<Task<RedisCluster>> _cluster = new(RedisCluster.StartAsync);

    /// <summary>The running cluster.</summary>
    public Task<RedisCluster> Started => _cluster.Value;

    public async ValueTask DisposeAsync()
    {
        if (_cluster.IsValueCreated) await (await Started).DisposeAsync();
    }
}
