using SocketIO.AspNetCore;
using SocketIO.Cluster;
using SocketIO.Redis.Classic;
using SocketIO.Redis.Connections;
using StackExchange.Redis;

namespace SocketIO.Redis;

/// <summary>The adapter on Redis' publish and subscribe, of one cluster with servers that use <c>@socket.io/redis-adapter</c>.</summary>
/// <remarks>
/// <para>What is published while Redis is away reaches the clients of this server alone.</para>
/// <para>Thread-safe.</para>
/// <para>Source: https://socket.io/docs/v4/redis-adapter/.</para>
/// </remarks>
public sealed partial class RedisAdapter : RedisPubSubAdapter
{
    private readonly ClassicChannels _channels;
    private readonly RedisChannel _pattern;
    private readonly byte[] _ownBroadcastHead;
    private readonly bool _answersRequesterAlone;
    private readonly TimeSpan _requestTimeout;

    internal RedisAdapter(ServerNamespace ns, RedisAdapterOptions options, RedisConnection connection)
        : base(ns, options, connection, options.RecoveryLogLength)
    {
        _answersRequesterAlone = options.PublishOnSpecificResponseChannel;
        _requestTimeout = options.RequestTimeout;
        _channels = new ClassicChannels(options.Key, Namespace.Name);
        LogKeys = ($"{options.Key}-log#{Namespace.Name}#", $"{options.Key}-session#{Namespace.Name}#");
        _pattern = ClassicChannels.Pattern(options.Key, Namespace.Name, withResponses: !_answersRequesterAlone);
        _ownBroadcastHead = ClassicCodec.WriteBroadcastHead(ServerId);
    }

    private protected override RedisChannel CommonChannel => _channels.Requests;

    private protected override RedisChannel OwnChannel => _channels.ResponsesFor(ServerId);

    private protected override (RedisKey Log, string SessionPrefix) LogKeys { get; }

    /// <summary>The rooms of all servers, sockets' own included (<c>allRooms</c>).</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The rooms; those of the servers that answered in time.</returns>
    public async ValueTask<FetchedRooms> GetAllRoomsAsync(CancellationToken cancellationToken = default)
    {
        var requestId = ClusterId.Next();
        var rooms = new HashSet<string>(Rooms, StringComparer.Ordinal);
        var message = new ClassicRequest(ClassicRequestType.AllRooms, ServerId, Namespace.Name, requestId);
        var (responses, silent) = await AskAsync(message, requestId, ClassicCodec.OfItsOwn, _requestTimeout, enough: long.MaxValue, cancellationToken).ConfigureAwait(false);
        foreach (var response in responses) rooms.UnionWith(((ClassicResponse)response).Found);
        return new FetchedRooms(rooms, silent);
    }

    private protected override async ValueTask ListenToBroadcastsAsync()
    {
        // Before the others count this server.
        await ListenAsync(_pattern, OnMessageAsync).ConfigureAwait(false);
        if (_answersRequesterAlone) await ListenAsync(_channels.Responses, OnMessageAsync).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async ValueTask<string?> PublishAsync(ClusterMessage message, CancellationToken cancellationToken = default)
    {
        if (message is BroadcastMessage { RequestId: null } broadcast)
        {
            var (channel, wire) = (_channels.ForBroadcast(broadcast.Options), ClassicCodec.WriteBroadcast(broadcast));
            if (IsLogged(broadcast)) return await SendLoggedAsync(broadcast, wire, channel).ConfigureAwait(false);
            await Connection.PublishAsync(channel, wire, cancellationToken).ConfigureAwait(false);
        }
        else await Connection.PublishAsync(_channels.Requests, ClassicCodec.WriteRequest(message), cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <inheritdoc/>
    protected override ValueTask PublishResponseAsync(string requesterId, ClusterResponse response, CancellationToken cancellationToken = default)
    {
        // As the reference does; servers from before the specific channel wait for these answers, too.
        var isForAnyone = !_answersRequesterAlone || requesterId.Length == 0 || response is ServerSideEmitResponse;
        return Connection.PublishAsync(isForAnyone ? _channels.Responses : _channels.ResponsesFor(requesterId), ClassicCodec.WriteResponse(response), cancellationToken);
    }
}
