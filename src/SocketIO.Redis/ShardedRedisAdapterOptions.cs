namespace SocketIO.Redis;

/// <summary>Options of the sharded adapter, named after the official ones (https://socket.io/docs/v4/redis-adapter/#options-1).</summary>
public sealed class ShardedRedisAdapterOptions : RedisOptions
{
    /// <summary>The prefix of all channels (<c>channelPrefix</c>). Default: <c>socket.io</c>.</summary>
    public string ChannelPrefix { get; set; } = "socket.io";

    /// <summary>How many channels are listened to (<c>subscriptionMode</c>); the same for all servers. Default: <see cref="RedisSubscriptionMode.Dynamic"/>.</summary>
    public RedisSubscriptionMode SubscriptionMode { get; set; }

    /// <summary>How many events of a namespace Redis keeps, roughly, so that any .NET server can recover a session (<c>ConnectionStateRecovery</c>) and send what it missed. The same
    /// for all .NET servers. Those events go to the channel of the namespace, whatever the room. Events of Node.js servers and of emitters are not kept. Default: 0, none, and
    /// sessions are not recovered.</summary>
    public int RecoveryLogLength { get; set; }

    private protected override void Check(List<string> faults)
    {
        RequireName(faults, ChannelPrefix, nameof(ChannelPrefix), "socket.io");
        Require(
            faults, Enum.IsDefined(SubscriptionMode), nameof(SubscriptionMode), SubscriptionMode, "one of " + string.Join(", ", Enum.GetNames<RedisSubscriptionMode>()));
        Require(faults, RecoveryLogLength >= 0, nameof(RecoveryLogLength), RecoveryLogLength, "the number of events to keep, such as 10000, or to 0 for none");
    }
}
