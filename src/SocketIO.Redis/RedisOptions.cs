using SocketIO.AspNetCore.Adapters;
using StackExchange.Redis;

namespace SocketIO.Redis;

/// <summary>What all adapters on Redis have in common: the way to Redis, and how long to wait for it. Read when the server is made.</summary>
/// <remarks>One of <see cref="ConnectionMultiplexer"/>, <see cref="ConnectionMultiplexerFactory"/>, <see cref="ConfigurationOptions"/> and <see cref="Configuration"/> is needed, and
/// the first one set of these counts.</remarks>
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

    /// <summary>Finds the connection that the application has already among its services. Default: null.</summary>
    public Func<IServiceProvider, IConnectionMultiplexer>? ConnectionMultiplexerFactory { get; set; }

    /// <summary>How other servers name this one in logs and in partial answers. Default: null, the machine's name and the process id.</summary>
    public string? ServerName { get; set; }

    /// <summary>How often each namespace sends a message to itself, to notice a subscription that Redis has forgotten. Default: 5 s; zero: never.</summary>
    public TimeSpan SelfTestInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Says what is wrong: which option, its value and what to do.</summary>
    internal IReadOnlyList<string> Check()
    {
        var faults = new List<string>();
        if (ConnectionMultiplexer is null && ConnectionMultiplexerFactory is null && ConfigurationOptions is null) CheckConfiguration(faults);
        Require(faults, IsTimeout(RequestTimeout), nameof(RequestTimeout), RequestTimeout, AnyTimeout);
        Require(faults, IsTimeout(PublishTimeout), nameof(PublishTimeout), PublishTimeout, AnyTimeout);
        Require(
            faults, SelfTestInterval == TimeSpan.Zero || IsTimeout(SelfTestInterval), nameof(SelfTestInterval), SelfTestInterval, "a time below 24 days, or to zero for never");
        Check(faults);
        return faults;
    }

    private protected const string AnyTimeout = "a time above zero and below 24 days";

    private protected abstract void Check(List<string> faults);

    private protected static void RequireName(List<string> faults, string? value, string option, string example)
    {
        if (string.IsNullOrEmpty(value)) faults.Add($"The option {option} is empty; set it to a name such as \"{example}\".");
    }

    private protected static void Require(List<string> faults, bool holds, string option, object value, string wanted)
    {
        if (!holds) faults.Add($"The option {option} is {value}; set it to {wanted}.");
    }

    private protected static bool IsTimeout(TimeSpan time) => time > TimeSpan.Zero && time.TotalMilliseconds <= int.MaxValue;

    /// <summary>The same, to be changed for one namespace.</summary>
    internal RedisOptions Copy() => (RedisOptions)MemberwiseClone();

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

    private void CheckConfiguration(List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(Configuration))
        {
            faults.Add($"The option {nameof(Configuration)} is empty; set it to a connection string such as \"localhost\", or set {nameof(ConnectionMultiplexer)}.");
            return;
        }

        try
        {
            _ = ConfigurationOptions.Parse(Configuration);
        }
        catch (ArgumentException exception)
        {
            // Not the string itself, which may hold a password.
            faults.Add($"The option {nameof(Configuration)} is no connection string of StackExchange.Redis: {exception.Message}");
        }
    }
}
