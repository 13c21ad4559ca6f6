using StackExchange.Redis;

namespace SocketIO.Redis.Connections;

internal sealed partial class RedisConnection
{
    /// <summary>Makes another connection to the same Redis, for commands that would hold up all others. The caller disposes of it.</summary>
    /// <param name="responseTimeout">How long a command may take.</param>
    public async Task<IConnectionMultiplexer> ConnectPrivatelyAsync(TimeSpan responseTimeout)
    {
        var shared = await ConnectAsync().ConfigureAwait(false);
        var configuration = _options.ConnectionMultiplexer is null ? _options.ToConfiguration(Name) : ConfigurationOptions.Parse(shared.Configuration);
        configuration.AbortOnConnectFail = false;
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.AsyncTimeout = (int)responseTimeout.TotalMilliseconds;
        // What asks whether the connection is alive waits behind such a command.
        configuration.KeepAlive = (int)Math.Ceiling(responseTimeout.TotalSeconds);
        return await ConnectionMultiplexer.ConnectAsync(configuration).ConfigureAwait(false);
    }
}
