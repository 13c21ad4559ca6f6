using SocketIO.AspNetCore;
using SocketIO.Cluster;
using SocketIO.Redis.Connections;
using SocketIO.Redis.Sharded;
using StackExchange.Redis;

namespace SocketIO.Redis;

/// <summary>The adapter on Redis' sharded publish and subscribe, of one cluster with servers that use <c>createShardedAdapter</c> of <c>@socket.io/redis-adapter</c>. It needs
/// Redis 7. In a Redis Cluster each channel is on the node that has its slot, where the other adapters load all nodes.</summary>
/// <remarks>
/// <para>Events of a server to one room, and those to all, keep their order; there is none between the two, nor between rooms.</para>
/// <para>What is published while Redis is away reaches the clients of this server alone.</para>
/// <para>Thread-safe.</para>
/// <para>Source: https://socket.io/docs/v4/redis-adapter/#with-redis-sharded-pubsub.</para>
/// </remarks>
public sealed partial class ShardedRedisAdapter : RedisPubSubAdapter
{
    private readonly string _prefix;
    private readonly RedisSubscriptionMode _mode;
    private readonly byte[] _ownJsonEnd;
    private readonly byte[] _ownMessagePackEnd;
    private readonly RoomChannels _rooms;

    internal ShardedRedisAdapter(ServerNamespace ns, ShardedRedisAdapterOptions options, RedisConnection connection)
        : base(ns, options, connection, options.RecoveryLogLength)
    {
        _prefix = $"{options.ChannelPrefix}#{Namespace.Name}#";
        _mode = options.SubscriptionMode;
        CommonChannel = RedisChannel.Sharded(_prefix);
        OwnChannel = ChannelOf(ServerId);
        // The same text for the log and for the channel, so that both have the same slot.
        LogKeys = (_prefix, $"{options.ChannelPrefix}-session#{Namespace.Name}#");
        (_ownJsonEnd, _ownMessagePackEnd) = ClusterWire.EndOf(ServerId, Namespace.Name);
        _rooms = new RoomChannels(connection, ChannelOf, HasMembers, OnRoomMessageAsync);
        RoomDeleted += _rooms.Leave;
    }

    private protected override RedisChannel CommonChannel { get; }

    private protected override RedisChannel OwnChannel { get; }

    private protected override (RedisKey Log, string SessionPrefix) LogKeys { get; }

    /// <inheritdoc/>
    public override async ValueTask CloseAsync()
    {
        await _rooms.CloseAsync().ConfigureAwait(false);
        await base.CloseAsync().ConfigureAwait(false);
    }

    /// <summary>Adds a socket to rooms. Completes when what other servers send to them is heard here; where Redis does not confirm that in time, without.</summary>
    /// <inheritdoc/>
    public override ValueTask AddAllAsync(string id, IReadOnlyCollection<string> rooms)
    {
        ArgumentNullException.ThrowIfNull(rooms);
        var adding = base.AddAllAsync(id, rooms);
        List<Task>? opening = null;
        foreach (var room in rooms)
        {
            if (!HasChannel(_mode, room)) continue;
            var update = _rooms.UpdateAsync(room);
            if (!update.IsCompleted) (opening ??= []).Add(update);
        }

        return opening is null ? adding : new(WaitAsync(opening));
    }

    /// <summary>Whether a room has a channel of its own. Rooms whose names are as long as sockets' ids have none, but in one mode.</summary>
    internal static bool HasChannel(RedisSubscriptionMode mode, string room) =>
        mode == RedisSubscriptionMode.DynamicPrivate || (mode == RedisSubscriptionMode.Dynamic && room.Length != 20);

    /// <inheritdoc/>
    protected override async ValueTask<string?> PublishAsync(ClusterMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var wire = ClusterWire.Write(message);
        // All that is logged is on one channel, which has one order.
        if (message is BroadcastMessage broadcast && IsLogged(broadcast)) return await SendLoggedAsync(broadcast, wire, CommonChannel).ConfigureAwait(false);
        await Connection.PublishAsync(ChannelFor(message), wire, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <inheritdoc/>
    protected override ValueTask PublishResponseAsync(string requesterId, ClusterResponse response, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(response);
        return Connection.PublishAsync(ChannelOf(requesterId), ClusterWire.Write(response), cancellationToken);
    }

    // Which servers count the members of a room is not known: what is to be acknowledged goes to all.
    private RedisChannel ChannelFor(ClusterMessage message) =>
        message is BroadcastMessage { RequestId: null, Options.Rooms: [var room] } && HasChannel(_mode, room) ? ChannelOf(room) : CommonChannel;

    private RedisChannel ChannelOf(string name) => RedisChannel.Sharded($"{_prefix}{name}#");

    private async Task WaitAsync(List<Task> opening) =>
        await Task.WhenAll(opening).WaitAsync(Connection.PublishTimeout, TimeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
