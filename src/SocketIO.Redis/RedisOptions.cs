using SocketIO.AspNetCore.Adapters;
using StackExchange.Redis;

namespace SocketIO.Redis;

/// <summary>What all adapters on Redis have in common: the way to Redis, and how long to wait for it. Read when the server is made.</summary>
/// <remarks>One of <see cref="ConnectionMultiplexer"/>, <see cref="ConfigurationOptions"/> and <see cref="Configuration"/> is needed, and the first one set of these counts.</remarks>
public abstract class RedisOptions : ClusterAdapterOptions
{
    // Default of PublishTimeout: Redis is near, or away.
    private protected RedisOptions() => PublishTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The connection string, such as <c>localhost</c> or <c>redis1:6379,redis2:6379,password=…</c>, as StackExchange.Redis reads it. Default: null.</summary>
    public string? Configuration { get; set; }

    /// <summary>The connection in full; copied. Default: null.</summary>
    public ConfigurationOptions? ConfigurationOptions { get; set; }

    /// <summary>A connection that the application has already; it is not disposed of with the server. Servers are counted by their connections, so no two servers of a cluster may
    /// share one, not even in one process. Default: null, each server makes its own.</summary>
    public IConnectionMultiplexer? ConnectionMultiplexer { get; set; }

    /// <summary>How other servers name this one in logs and in partial answers. Default: null, the machine's name and the process id.</summary>
    public string? ServerName { get; set; }

    /// <summary>How often each namespace sends a message to itself, to notice a subscription that Redis has forgotten. Default: 5 s; zero: never.</summary>
    public TimeSpan SelfTestInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How the server's own connection is made.</summary>
    internal ConfigurationOptions ToConfiguration(string name)
    {
        var configuration = ConfigurationOptions?.Clone() ?? ConfigurationOptions.Parse(Configuration ?? "localhost");
        configuration.AbortOnConnectFail = false;
        // A message that waits for Redis to be back is of no use, and would come out of order.
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.ClientName ??= name;
        return configuration;
    }
}
