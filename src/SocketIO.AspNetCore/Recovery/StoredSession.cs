namespace SocketIO.AspNetCore.Recovery;

/// <summary>A disconnected session in the memory of its server.</summary>
/// <param name="session">The session.</param>
/// <param name="joinedAt">Where in the log the socket joined each of its rooms: it has not missed what was sent to a room before.</param>
/// <param name="closedAt">Where in the log it was disconnected.</param>
/// <param name="closedTime">The timestamp of that.</param>
internal sealed class StoredSession(RecoverableSession session, Dictionary<string, long>? joinedAt, long closedAt, long closedTime)
{
    public RecoverableSession Session { get; } = session;

    public Dictionary<string, long>? JoinedAt { get; } = joinedAt;

    public long ClosedTime { get; } = closedTime;

    private readonly HashSet<string> _rooms = new(session.Rooms, StringComparer.Ordinal);

    // Read now: a packet may have been sent between the making of the session and its storing.
    private readonly string? _lastSent = session.LastSent;

    /// <summary>Where in the log to look for missed packets, given what the client says it has.</summary>
    /// <returns>False where it says what cannot be.</returns>
    public bool TryFindStart(PacketLog log, string? offset, out long start)
    {
        start = 0;
        var isWatched = LogOffset.TryParse(Session.GrantedAt, out var grantedAt);
        if (!LogOffset.TryParse(offset, out var received) || (received > log.Forgotten && !log.Contains(received)))
        {
            // No offset, or none of ours: good as long as that says that nothing came, or nothing was sent.
            if (!isWatched || (offset is not null && _lastSent is not null)) return false;
            received = grantedAt;
        }

        // An offset of the client's former session.
        received = Math.Max(received, grantedAt);
        var hasAll = isWatched && (!LogOffset.TryParse(_lastSent, out var lastSent) || lastSent <= received);
        start = hasAll ? closedAt : received;
        return true;
    }

    /// <summary>Whether an event was for the socket.</summary>
    public bool Matches(in LogEntry entry)
    {
        var (rooms, except) = (entry.Options.Rooms, entry.Options.Except);
        return (rooms.Count == 0 || IsInAny(rooms, entry.Position)) && !IsInAny(except, entry.Position);
    }

    private bool IsInAny(IReadOnlyList<string> rooms, long position)
    {
        for (var i = 0; i < rooms.Count; i++)
        {
            if (!_rooms.Contains(rooms[i])) continue;
            if (JoinedAt is null || !JoinedAt.TryGetValue(rooms[i], out var joinedAt) || joinedAt < position) return true;
        }

        return false;
    }
}
