namespace SocketIO.Redis.Emitters;

/// <summary>Options of <see cref="ShardedRedisEmitter"/>: what the servers have.</summary>
public sealed class ShardedRedisEmitterOptions : EmitterOptions
{
    /// <summary>The prefix of all channels (<c>channelPrefix</c>). Default: <c>socket.io</c>.</summary>
    public string ChannelPrefix { get; set; } = "socket.io";

    /// <summary>How many channels the servers listen to (<c>subscriptionMode</c>). Default: <see cref="RedisSubscriptionMode.Dynamic"/>.</summary>
    public RedisSubscriptionMode SubscriptionMode { get; set; }

    internal override void Validate()
    {
        base.Validate();
        RequireName(ChannelPrefix, nameof(ChannelPrefix), "socket.io");
    }
}
