namespace SocketIO;

/// <summary>Whom a broadcast reaches: the members of any of <see cref="Rooms"/>, or all sockets of the namespace where there are none, without the members of any of
/// <see cref="Except"/>. An immutable value; a socket's id is the name of its own room.</summary>
public sealed class BroadcastOptions
{
    private readonly string[] _rooms;
    private readonly string[] _except;

    /// <summary>Makes a value.</summary>
    /// <param name="rooms">The target rooms; empty for everybody. Copied.</param>
    /// <param name="except">The excluded rooms. Copied.</param>
    /// <param name="flags">How to send.</param>
    /// <param name="timeout">How long acknowledgements, or the answers of other servers, may take, zero or more; null for the default.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    public BroadcastOptions(IEnumerable<string> rooms, IEnumerable<string> except, BroadcastFlags flags = BroadcastFlags.None, TimeSpan? timeout = null)
        : this([.. rooms.Distinct(StringComparer.Ordinal)], [.. except.Distinct(StringComparer.Ordinal)], flags, timeout)
    {
    }

    private BroadcastOptions(string[] rooms, string[] except, BroadcastFlags flags, TimeSpan? timeout)
    {
        if (timeout < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "A timeout is zero or more.");
        _rooms = rooms;
        _except = except;
        Flags = flags;
        Timeout = timeout;
    }

    /// <summary>Everybody.</summary>
    public static BroadcastOptions All { get; } = new([], [], BroadcastFlags.None, null);

    /// <summary>The target rooms, each once, in the order in which they were named.</summary>
    public IReadOnlyList<string> Rooms => _rooms;

    /// <summary>The excluded rooms, each once.</summary>
    public IReadOnlyList<string> Except => _except;

    /// <summary>How to send.</summary>
    public BroadcastFlags Flags { get; }

    /// <summary>How long acknowledgements, or the answers of other servers, may take; null for the default.</summary>
    public TimeSpan? Timeout { get; }

    /// <summary>Whether a flag is set.</summary>
    /// <param name="flag">The flag.</param>
    public bool Has(BroadcastFlags flag) => (Flags & flag) != 0;

    /// <summary>The same, and the members of a room.</summary>
    /// <param name="room">The room, or the id of a socket.</param>
    public BroadcastOptions To(string room) => new(With(_rooms, room), _except, Flags, Timeout);

    /// <summary>The same, and the members of rooms.</summary>
    /// <param name="rooms">The rooms.</param>
    public BroadcastOptions To(IEnumerable<string> rooms) => new(With(_rooms, rooms), _except, Flags, Timeout);

    /// <summary>The same without the members of a room.</summary>
    /// <param name="room">The room, or the id of a socket.</param>
    public BroadcastOptions Excluding(string room) => new(_rooms, With(_except, room), Flags, Timeout);

    /// <summary>The same without the members of rooms.</summary>
    /// <param name="rooms">The rooms.</param>
    public BroadcastOptions Excluding(IEnumerable<string> rooms) => new(_rooms, With(_except, rooms), Flags, Timeout);

    /// <summary>The same with a flag.</summary>
    /// <param name="flag">The flag.</param>
    public BroadcastOptions With(BroadcastFlags flag) => new(_rooms, _except, Flags | flag, Timeout);

    /// <summary>The same without a flag.</summary>
    /// <param name="flag">The flag.</param>
    public BroadcastOptions Without(BroadcastFlags flag) => new(_rooms, _except, Flags & ~flag, Timeout);

    /// <summary>The same with a time limit.</summary>
    /// <param name="timeout">How long acknowledgements may take; zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    public BroadcastOptions WithTimeout(TimeSpan timeout) => new(_rooms, _except, Flags, timeout);

    private static string[] With(string[] rooms, string room) =>
        Array.IndexOf(rooms, room) >= 0 ? rooms : [.. rooms, room ?? throw new ArgumentNullException(nameof(room))];

    private static string[] With(string[] rooms, IEnumerable<string> more) =>
        [.. rooms.Concat(more ?? throw new ArgumentNullException(nameof(more))).Distinct(StringComparer.Ordinal)];
}
