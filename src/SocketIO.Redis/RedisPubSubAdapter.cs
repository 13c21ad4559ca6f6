using Microsoft.Extensions.Logging;
using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Recovery;
using SocketIO.Cluster;
using SocketIO.Parsing;
using SocketIO.Redis.Connections;
using SocketIO.Redis.Recovery;
using StackExchange.Redis;

namespace SocketIO.Redis;

/// <summary>The base of the adapters whose messages all travel over channels, which keep nothing. With a recovery log they keep events beside them, and clients can have their
/// sessions restored by any .NET server.</summary>
/// <remarks>
/// <para>Events that are logged are delivered when they come back from Redis, in the order of the log: the last offset of a client says that it has all before.</para>
/// <para>Thread-safe.</para>
/// </remarks>
public abstract partial class RedisPubSubAdapter : RedisClusterAdapter
{
    private readonly int _logLength;
    private RecoveryLog? _log;
    private string? _receiving;

    private protected RedisPubSubAdapter(ServerNamespace ns, RedisOptions options, RedisConnection connection, int logLength)
        : base(ns, options, connection) =>
        _logLength = logLength;

    /// <inheritdoc/>
    public override string? LastOffset => _log?.Position;

    /// <inheritdoc/>
    public override async ValueTask InitializeAsync()
    {
        if (_logLength > 0 && Namespace.Recovers)
        {
            var (key, sessionPrefix) = LogKeys;
            _log = new RecoveryLog(Connection, Namespace, key, sessionPrefix, _logLength, ReadMessage);
            await _log.InitializeAsync().ConfigureAwait(false);
        }
        else if (_logLength > 0) LogNothingToRecover(Namespace.Server.Loggers.Adapter, Namespace.Name);

        await ListenToBroadcastsAsync().ConfigureAwait(false);
        await base.InitializeAsync().ConfigureAwait(false);
        _log?.Start();
    }

    /// <inheritdoc/>
    public override ValueTask PersistSessionAsync(RecoverableSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (_log is not { } log) return default;
        // Before what was sent last is read: the other way round, an event between the two would be in neither.
        StreamOffset? closed = StreamOffset.TryParse(log.Position, out var last) ? last : null;
        return log.Sessions.PersistAsync(session, closed, log.Unsure);
    }

    /// <inheritdoc/>
    public override ValueTask<RestoreResult> RestoreSessionAsync(string privateId, string? offset, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(privateId);
        return _log is { } log ? log.Sessions.RestoreAsync(privateId, offset) : new(new RestoreResult(RecoveryOutcome.SessionUnknown));
    }

    /// <summary>The key of the log, and the beginning of those of sessions.</summary>
    private protected abstract (RedisKey Log, string SessionPrefix) LogKeys { get; }

    /// <summary>Listens to what is not listened to by all adapters.</summary>
    private protected virtual ValueTask ListenToBroadcastsAsync() => default;

    /// <summary>Reads a message of a channel of broadcasts; null, and reported, where it is none.</summary>
    private protected abstract ClusterMessage? ReadMessage(ReadOnlyMemory<byte> message);

    /// <summary>Whether an event is to be logged: one that clients who miss it can be given later.</summary>
    private protected bool IsLogged(BroadcastMessage message) => _log is not null && message.RequestId is null && IsRecoverable(ToPacket(message), message.Options);

    /// <summary>Logs and publishes an event; only publishes it where Redis refuses to log it.</summary>
    /// <param name="message">The event.</param>
    /// <param name="wire">As it stands on the channel.</param>
    /// <param name="channel">The channel: for all logged events, one whose messages come in one order.</param>
    /// <returns>The offset; null where it is not logged.</returns>
    private protected async ValueTask<string?> SendLoggedAsync(BroadcastMessage message, ReadOnlyMemory<byte> wire, RedisChannel channel)
    {
        try
        {
            return await _log!.SendAsync(message, wire, channel).ConfigureAwait(false);
        }
        catch (RedisServerException exception)
        {
            LogNotLogged(Namespace.Server.Loggers.Adapter, exception, Namespace.Name);
            await Connection.PublishAsync(channel, wire).ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>Handles a message that has an offset.</summary>
    /// <param name="bytes">The message.</param>
    /// <param name="isForSomebody">Whether it may be for sockets of this server.</param>
    /// <param name="handling">The handling.</param>
    /// <returns>False where it has none.</returns>
    private protected bool TryReceiveLogged(ReadOnlyMemory<byte> bytes, bool isForSomebody, out ValueTask handling)
    {
        handling = default;
        if (_log is not { } log || !LoggedWire.TryReadOffset(bytes.Span, out var offset, out var headLength)) return false;
        if (log.TakeOwn(bytes.Span[..headLength]) is { } own)
        {
            if (!own.IsGivenUp) DeliverOwn(own, offset);
        }
        else if (isForSomebody && ReadMessage(bytes) is { } message)
        {
            handling = ReceiveAsync(log, message, offset);
            return true;
        }

        log.Advance(offset);
        return true;
    }

    /// <summary>Delivers what another server sent. An event of this server with an offset has been delivered when it came back.</summary>
    /// <inheritdoc/>
    protected override ValueTask DeliverAsync(Packet packet, BroadcastOptions options, string? offset, CancellationToken cancellationToken = default) =>
        offset is not null && !ReferenceEquals(offset, _receiving) ? default : base.DeliverAsync(packet, options, offset, cancellationToken);

    private static Packet ToPacket(BroadcastMessage message) => new(PacketType.Event, message.Namespace, message.Data, message.PacketId);

    private async ValueTask ReceiveAsync(RecoveryLog log, ClusterMessage message, string offset)
    {
        _receiving = offset;
        await OnMessageAsync(message, offset).ConfigureAwait(false);
        _receiving = null;
        log.Advance(offset);
    }

    private void DeliverOwn(OwnEntry own, string offset)
    {
        try
        {
            Deliver(ToPacket(own.Message), own.Message.Options, offset);
        }
        finally
        {
            own.Complete(offset);
        }
    }

    [LoggerMessage(48, LogLevel.Warning, "Namespace {Namespace} has a recovery log, but the server no ConnectionStateRecovery: nothing is logged.")]
    private static partial void LogNothingToRecover(ILogger logger, string @namespace);

    [LoggerMessage(49, LogLevel.Error, "Redis did not log an event of namespace {Namespace}: who misses it cannot be given it later.")]
    private static partial void LogNotLogged(ILogger logger, Exception exception, string @namespace);
}
