using SocketIO.Redis.Tests;
using TestKit;

[assembly: AssemblyFixture(typeof(SharedRedis))]

namespace SocketIO.Redis.Tests;

/// <summary>One Redis for all tests that do no harm to it; each has channels and keys of its own (<see cref="NextPrefix"/>).</summary>
public sealed class SharedRedis : IAsyncLifetime
{
    private static int s_last;

    public RedisServer Server { get; private set; } = null!;

    /// <summary>Its connection string.</summary>
    public string Address => Server.Address;

    /// <summary>A beginning of channels and keys that no other test has.</summary>
    public static string NextPrefix() => $"test{Interlocked.Increment(ref s_last)}";

    public async ValueTask InitializeAsync() => Server = await RedisServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
