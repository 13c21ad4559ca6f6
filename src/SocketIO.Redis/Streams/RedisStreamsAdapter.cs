using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Recovery;
using SocketIO.Redis.Connections;
using SocketIO.Redis.Recovery;
using StackExchange.Redis;

namespace SocketIO.Redis.Streams;

/// <summary>Servers that pass broadcasts through a Redis stream, as those with <c>@socket.io/redis-streams-adapter</c> 0.3 do: what is sent while a server has lost its connection
/// for a moment, it reads afterwards, and clients can have their sessions restored by another server.</summary>
/// <remarks>
/// <para>Thread-safe.</para>
/// <para>Where sessions are recovered, each server delivers events in the order of the stream, its own among them: the last offset of a client says that it has all before.</para>
/// <para>Source: https://socket.io/docs/v4/redis-streams-adapter/.</para>
/// </remarks>
public sealed partial class RedisStreamsAdapter : RedisClusterAdapter
{
    private readonly RedisStreamsAdapterOptions _options;
    private readonly StreamTails _tails;
    private readonly StreamNames _streams;
    private readonly StreamInbox _inbox;
    private readonly SessionStore _sessions;
    private readonly OwnEntries _own = new();
    private readonly StreamTail _tail;
    private StreamOffset? _unsure;
    private string? _receiving;
    private string? _handled;

    internal RedisStreamsAdapter(ServerNamespace ns, RedisStreamsAdapterOptions options, RedisConnection connection, StreamTails tails)
        : base(ns, options, connection)
    {
        (_options, _tails) = (options, tails);
        _streams = StreamNames.Of(ns.Name, options.StreamName, options.StreamCount);
        CommonChannel = ChannelOf("");
        OwnChannel = ChannelOf(ServerId + "#");
        _inbox = new StreamInbox(OnEntryAsync);
        _tail = Tail(_streams.Written);
        if (_streams.OfNode is { } other) Tail(other);
        _sessions = new SessionStore(connection, ns, options.SessionKeyPrefix, EntryCodec.ReadEvent, _streams.OfNode is { } second ? [_streams.Written, second] : [_streams.Written]);

        StreamTail Tail(string stream)
        {
            var tail = tails.Take(connection, stream, options, Log);
            tail.Add(ns.Name, _inbox);
            return tail;
        }
    }

    /// <inheritdoc/>
    public override string? LastOffset
    {
        get
        {
            // Two streams have no common end.
            if (_streams.OfNode is not null) return null;
            var position = _tail.Position;
            return _inbox.IsEmpty ? position : Volatile.Read(ref _handled);
        }
    }

    private protected override RedisChannel CommonChannel { get; }

    private protected override RedisChannel OwnChannel { get; }

    /// <inheritdoc/>
    public override async ValueTask InitializeAsync()
    {
        // Others count this server as soon as it has subscribed.
        await Connection.ConnectAsync().ConfigureAwait(false);
        await _tail.Started.WaitAsync(_options.PublishTimeout, TimeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.InitializeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask CloseAsync()
    {
        _tail.Remove(Namespace.Name, _inbox);
        await _tails.ReturnAsync(Connection, _streams.Written).ConfigureAwait(false);
        if (_streams.OfNode is { } other) await _tails.ReturnAsync(Connection, other).ConfigureAwait(false);
        await _inbox.CloseAsync().ConfigureAwait(false);
        await base.CloseAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override ValueTask PersistSessionAsync(RecoverableSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        // Before what was sent last is read: the other way round, an event between the two would be in neither.
        StreamOffset? closed = StreamOffset.TryParse(LastOffset, out var last) ? last : null;
        return _sessions.PersistAsync(session, closed, _unsure);
    }

    /// <inheritdoc/>
    public override ValueTask<RestoreResult> RestoreSessionAsync(string privateId, string? offset, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(privateId);
        return _sessions.RestoreAsync(privateId, offset);
    }

    private RedisChannel ChannelOf(string suffix)
    {
        var name = $"{_options.ChannelPrefix}#{Namespace.Name}#{suffix}";
        return _options.UseShardedPubSub ? RedisChannel.Sharded(name) : RedisChannel.Literal(name);
    }
}
