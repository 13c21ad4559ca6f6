using SocketIO.AspNetCore.Recovery;

namespace SocketIO.Redis.Recovery;

/// <summary>A disconnected session as it was found in Redis.</summary>
/// <param name="Session">The session.</param>
/// <param name="Namespace">The one for which it is good; null where a Node.js server stored it.</param>
/// <param name="Granted">Where in the stream it began: the client has what was sent before. Null where unknown, as the following.</param>
/// <param name="Sent">The last event that was sent to it.</param>
/// <param name="Closed">Where in the stream it ended: what was for it before, has been sent.</param>
internal sealed record StoredSession(RecoverableSession Session, string? Namespace, StreamOffset? Granted, StreamOffset? Sent, StreamOffset? Closed)
{
    /// <summary>Where in the stream to look for missed events, given what the client says it has.</summary>
    /// <param name="offset">What it says; null where it got no event.</param>
    /// <param name="start">Behind which entry.</param>
    /// <returns>False where it says what cannot be.</returns>
    public bool TryFindStart(StreamOffset? offset, out StreamOffset start)
    {
        start = offset ?? default;
        if (Granted is not { } granted || Closed is not { } closed) return offset is not null;
        if (offset > StreamOffset.Max(closed, Sent ?? default)) return false;
        // The offset may be of the client's former session.
        var received = StreamOffset.Max(start, granted);
        start = Sent is null || Sent <= received ? StreamOffset.Max(closed, received) : received;
        return true;
    }

    /// <summary>The session, with what the client has now as what it was granted with, where that was not known.</summary>
    public StoredSession GrantedBy(StreamOffset start) => Granted is not null ? this : this with
    {
        Session = new RecoverableSession(Session.Id, Session.PrivateId, Session.Rooms, Session.Data) { GrantedAt = start.ToString(), LastSent = start.ToString() },
    };

    /// <summary>Whether an event was for the session.</summary>
    public bool Matches(BroadcastOptions options) =>
        (options.Rooms.Count == 0 || options.Rooms.Any(_rooms.Contains)) && !options.Except.Any(_rooms.Contains);

    private readonly HashSet<string> _rooms = new(Session.Rooms, StringComparer.Ordinal);
}
