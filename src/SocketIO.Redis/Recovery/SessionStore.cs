using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Recovery;
using SocketIO.Cluster;
using SocketIO.Redis.Connections;
using StackExchange.Redis;

namespace SocketIO.Redis.Recovery;

/// <summary>The disconnected sessions of a namespace, in Redis, and what they missed, out of the stream in which its events are. Thread-safe.</summary>
/// <param name="connection">The way to Redis.</param>
/// <param name="ns">The namespace.</param>
/// <param name="keyPrefix">The beginning of the sessions' keys.</param>
/// <param name="read">Reads an event out of an entry; null where there is none.</param>
/// <param name="streams">The streams with events of the namespace; the first is the one to which this server writes.</param>
internal sealed class SessionStore(RedisConnection connection, ServerNamespace ns, string keyPrefix, Func<StreamEntry, BroadcastMessage?> read, params RedisKey[] streams)
{
    private const int PageSize = 1000;

    // Private ids have 20 characters; clients may say anything.
    private const int MaxIdLength = 100;

    /// <summary>How long after its last event the stream is dropped; null for never.</summary>
    public TimeSpan? LogLifetime { get; init; }

    private TimeSpan Lifetime => (ns.Server.Options.ConnectionStateRecovery ?? new()).MaxDisconnectionDuration;

    /// <summary>Stores a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="closed">Up to where it has been sent all that was for it; null where unknown.</param>
    /// <param name="unsure">An event that may have been sent to it without its offset; null for none.</param>
    public async ValueTask PersistAsync(RecoverableSession session, StreamOffset? closed, StreamOffset? unsure)
    {
        var bytes = SessionCodec.Write(session, ns.Name, ns.Server.Serializer, closed, unsure);
        await connection.Database.StringSetAsync(KeyOf(session.PrivateId), bytes, Lifetime).ConfigureAwait(false);
    }

    /// <summary>Takes a session out, once and for all.</summary>
    public async ValueTask<RestoreResult> RestoreAsync(string privateId, string? offset)
    {
        StreamOffset? received = null;
        if (offset is not null)
        {
            if (!StreamOffset.TryParse(offset, out var parsed)) return new(RecoveryOutcome.OffsetExpired);
            received = parsed;
        }

        if (privateId.Length > MaxIdLength) return new(RecoveryOutcome.SessionUnknown);
        var (text, timeToLive) = await TakeAsync(privateId).ConfigureAwait(false);
        if (text.IsNull || SessionCodec.TryRead(text) is not { } stored) return new(RecoveryOutcome.SessionUnknown);
        // A session is good for its own namespace, whose middlewares it has passed.
        if (stored.Namespace is { } name && name != ns.Name) return new(RecoveryOutcome.SessionUnknown);
        if (!stored.TryFindStart(received, out var start) || !await IsKnownAsync(stored, start).ConfigureAwait(false))
            return new(RecoveryOutcome.OffsetExpired);
        return new(RecoveryOutcome.Recovered, new Restored(this, stored.GrantedBy(start), text, timeToLive, start));
    }

    private Task<bool> ReturnAsync(string privateId, RedisValue text, TimeSpan? timeToLive) =>
        connection.Database.StringSetAsync(KeyOf(privateId), text, timeToLive ?? Lifetime);

    private RedisKey KeyOf(string privateId) => keyPrefix + privateId;

    private async Task<(RedisValue Text, TimeSpan? TimeToLive)> TakeAsync(string privateId)
    {
        var key = KeyOf(privateId);
        var transaction = connection.Database.CreateTransaction();
        var text = transaction.StringGetAsync(key);
        var timeToLive = transaction.KeyTimeToLiveAsync(key);
        _ = transaction.KeyDeleteAsync(key);
        await transaction.ExecuteAsync(CommandFlags.DemandMaster).ConfigureAwait(false);
        return (await text.ConfigureAwait(false), await timeToLive.ConfigureAwait(false));
    }

    // A Node.js server does not say where the session ended: the event that the client got last must be there still, and of this namespace.
    private Task<bool> IsKnownAsync(StoredSession stored, StreamOffset start) => stored.Closed is { } closed ? HasAllSinceAsync(start, closed) : HasEventAsync(start);

    private async Task<bool> HasEventAsync(StreamOffset offset)
    {
        foreach (var stream in streams)
        {
            var found = await RangeAsync(stream, offset.ToString(), offset.ToString(), 1).ConfigureAwait(false);
            if (found.Length > 0) return read(found[0])?.Namespace == ns.Name;
        }

        return false;
    }

    /// <summary>Whether no event behind an offset has been dropped.</summary>
    private async Task<bool> HasAllSinceAsync(StreamOffset start, StreamOffset closed)
    {
        var first = await FindAsync(streams[0], Order.Ascending).ConfigureAwait(false);
        // An end before it tells of events that Redis has lost.
        if (first <= start) return start <= await FindAsync(streams[0], Order.Descending).ConfigureAwait(false);
        // Or the stream is so young that none has been.
        try
        {
            var info = await connection.Database.ExecuteAsync("XINFO", ["STREAM", streams[0]], CommandFlags.DemandMaster).ConfigureAwait(false);
            var members = info.ToDictionary(StringComparer.Ordinal);
            if (!members.TryGetValue("entries-added", out var added) || (long)added != (long)members["length"]) return false;
        }
        catch (RedisServerException) when (first is null)
        {
            // No event was sent, ever or for long.
            if (LogLifetime is null) return start == StreamOffset.Zero;
        }

        return LogLifetime is not { } lifetime || (start >= closed && await HasEndedAsync(start, lifetime, first).ConfigureAwait(false));
    }

    // A stream that was dropped in its time had no events since.
    private async Task<bool> HasEndedAsync(StreamOffset last, TimeSpan lifetime, StreamOffset? next)
    {
        if (last == StreamOffset.Zero) return true;
        var end = next?.Milliseconds ?? await NowAsync().ConfigureAwait(false);
        return end >= last.Milliseconds && end - last.Milliseconds >= lifetime.TotalMilliseconds;
    }

    // By the clock that makes offsets.
    private async Task<ulong> NowAsync()
    {
        var time = (RedisResult[])(await connection.Database.ExecuteAsync("TIME").ConfigureAwait(false))!;
        return ((ulong)time[0] * 1000) + ((ulong)time[1] / 1000);
    }

    private async Task<List<MissedPacket>> ReadMissedAsync(StoredSession stored, StreamOffset start)
    {
        var missed = new List<(StreamOffset Offset, MissedPacket Packet)>();
        foreach (var stream in streams) await ReadMissedAsync(stream, stored, start, missed).ConfigureAwait(false);
        if (!await IsKnownAsync(stored, start).ConfigureAwait(false))
            throw new InvalidOperationException("Missed packets were dropped while the session was being restored.");
        if (streams.Length > 1) missed.Sort(static (left, right) => left.Offset.CompareTo(right.Offset));
        return missed.ConvertAll(static entry => entry.Packet);
    }

    // Up to the end of this moment: what comes behind that, the socket is sent as it is in its rooms again.
    private async Task ReadMissedAsync(RedisKey stream, StoredSession stored, StreamOffset start, List<(StreamOffset Offset, MissedPacket Packet)> missed)
    {
        if (await FindAsync(stream, Order.Descending).ConfigureAwait(false) is not { } end) return;
        while (start < end)
        {
            var page = await RangeAsync(stream, start.Next.ToString(), end.ToString(), PageSize).ConfigureAwait(false);
            foreach (var entry in page)
            {
                start = OffsetOf(entry);
                if (read(entry) is not { RequestId: null } broadcast || broadcast.Namespace != ns.Name) continue;
                if (broadcast.Options.Has(BroadcastFlags.Volatile) || !stored.Matches(broadcast.Options)) continue;
                missed.Add((start, MissedPacket.ForEvent(start.ToString(), broadcast.Data)));
            }

            if (page.Length == 0) return;
        }
    }

    private async Task<StreamOffset?> FindAsync(RedisKey stream, Order order)
    {
        var found = await RangeAsync(stream, "-", "+", 1, order).ConfigureAwait(false);
        return found.Length > 0 ? OffsetOf(found[0]) : null;
    }

    private Task<StreamEntry[]> RangeAsync(RedisKey stream, RedisValue from, RedisValue to, int count, Order order = Order.Ascending) =>
        connection.Database.StreamRangeAsync(stream, from, to, count, order, CommandFlags.DemandMaster);

    private static StreamOffset OffsetOf(in StreamEntry entry) => StreamOffset.TryParse(entry.Id, out var offset) ? offset : default;

    private sealed class Restored(SessionStore store, StoredSession stored, RedisValue text, TimeSpan? timeToLive, StreamOffset start)
        : RestoredSession(stored.Session)
    {
        public override async ValueTask<IReadOnlyList<MissedPacket>> ReadMissedAsync(CancellationToken cancellationToken = default) =>
            await store.ReadMissedAsync(stored, start).WaitAsync(cancellationToken).ConfigureAwait(false);

        public override async ValueTask ReturnAsync() =>
            await store.ReturnAsync(stored.Session.PrivateId, text, timeToLive).ConfigureAwait(false);
    }
}
