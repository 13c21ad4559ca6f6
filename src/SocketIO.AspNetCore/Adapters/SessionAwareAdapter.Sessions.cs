using SocketIO.AspNetCore.Recovery;

namespace SocketIO.AspNetCore.Adapters;

public sealed partial class SessionAwareAdapter
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, LinkedListNode<StoredSession>> _sessions = new(StringComparer.Ordinal);

    // In the order of storing.
    private readonly LinkedList<StoredSession> _byAge = new();
    private ITimer? _sweep;
    private bool _isClosed;

    /// <summary>The disconnected sessions that are stored at this moment.</summary>
    internal int StoredSessions
    {
        get
        {
            lock (_order) return _sessions.Count;
        }
    }

    /// <inheritdoc/>
    public override ValueTask PersistSessionAsync(RecoverableSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        lock (_order)
        {
            _joinedAt.TryGetValue(session.Id, out var joinedAt);
            Store(new StoredSession(session, joinedAt, _log.Last, _time.GetTimestamp()));
        }

        return default;
    }

    /// <inheritdoc/>
    public override ValueTask<RestoreResult> RestoreSessionAsync(string privateId, string? offset, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(privateId);
        lock (_order) return new(Restore(privateId, offset));
    }

    /// <inheritdoc/>
    public override ValueTask CloseAsync()
    {
        lock (_order)
        {
            _isClosed = true;
            _sweep?.Dispose();
            _sweep = null;
        }

        return base.CloseAsync();
    }

    private RestoreResult Restore(string privateId, string? offset)
    {
        if (!_sessions.TryGetValue(privateId, out var node)) return new(RecoveryOutcome.SessionUnknown);
        Remove(node);
        var stored = node.Value;
        if (AgeOf(stored) > _options.MaxDisconnectionDuration) return new(RecoveryOutcome.SessionExpired);
        if (!stored.TryFindStart(_log, offset, out var start) || !HasAllSince(start, stored)) return new(RecoveryOutcome.OffsetExpired);
        return new(RecoveryOutcome.Recovered, new RestoredFromMemory(this, stored, start));
    }

    private bool HasAllSince(long start, StoredSession stored)
    {
        if (start < _log.Forgotten) return false;
        for (var i = _log.IndexAfter(start); i < _log.Count && _log[i].Data.IsEmpty; i++)
        {
            if (stored.Matches(_log[i])) return false;
        }

        return true;
    }

    private List<MissedPacket> ReadMissed(StoredSession stored, long start)
    {
        var missed = new List<MissedPacket>();
        lock (_order)
        {
            if (!HasAllSince(start, stored)) throw new InvalidOperationException("Missed packets were dropped while the session was being restored.");
            for (var i = _log.IndexAfter(start); i < _log.Count; i++)
            {
                if (stored.Matches(_log[i])) missed.Add(new MissedPacket(LogOffset.Format(_log[i].Position), _log[i].Data));
            }

            // The socket has joined its rooms now, but has been in them since it first did.
            if (_joinedAt.TryGetValue(stored.Session.Id, out var joinedAt))
            {
                foreach (var (room, position) in stored.JoinedAt ?? []) joinedAt[room] = position;
            }
        }

        return missed;
    }

    private void Store(StoredSession stored)
    {
        if (_sessions.TryGetValue(stored.Session.PrivateId, out var former)) Remove(former);
        _sessions[stored.Session.PrivateId] = _byAge.AddLast(stored);
        if (_sessions.Count > _options.MaxStoredSessions) Remove(_byAge.First!);
        StartSweeping();
    }

    private void Remove(LinkedListNode<StoredSession> node)
    {
        _sessions.Remove(node.Value.Session.PrivateId);
        _byAge.Remove(node);
    }

    private TimeSpan AgeOf(StoredSession stored) => _time.GetElapsedTime(stored.ClosedTime);

    // While there is something to forget. A timer does not keep the process alive.
    private void StartSweeping()
    {
        if (_sweep is not null || _isClosed) return;
        _sweep = _time.CreateTimer(static adapter => ((SessionAwareAdapter)adapter!).Sweep(), this, SweepInterval, SweepInterval);
    }

    private void Sweep()
    {
        lock (_order)
        {
            // Not at once, so that who comes a little late learns why it has no session.
            while (_byAge.First is { } oldest && AgeOf(oldest.Value) > _options.MaxDisconnectionDuration + SweepInterval) Remove(oldest);
            _log.Trim();
            if (_byAge.Count > 0) return;
            if (_log.Count == 0)
            {
                _sweep?.Dispose();
                _sweep = null;
            }
        }

        Namespace.CleanUp();
    }

    private sealed class RestoredFromMemory(SessionAwareAdapter adapter, StoredSession stored, long start) : RestoredSession(stored.Session)
    {
        public override ValueTask<IReadOnlyList<MissedPacket>> ReadMissedAsync(CancellationToken cancellationToken = default) =>
            new(adapter.ReadMissed(stored, start));

        public override ValueTask ReturnAsync()
        {
            lock (adapter._order) adapter.Store(stored);
            return default;
        }
    }
}
