namespace SocketIO.Redis;

/// <summary>How many channels the sharded adapter listens to (<c>subscriptionMode</c>). All servers of a cluster need the same.</summary>
public enum RedisSubscriptionMode
{
    /// <summary>A channel for each namespace, and one for each room that has a member here; sockets' own rooms excepted.</summary>
    Dynamic,

    /// <summary>A channel for each namespace.</summary>
    Static,

    /// <summary>A channel for each namespace, and one for each room that has a member here, sockets' own rooms included.</summary>
    DynamicPrivate,
}
