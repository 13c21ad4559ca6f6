namespace SocketIO.AspNetCore;

/// <summary>Whom a broadcast reaches: the members of any of <see cref="Rooms"/>, or all sockets of the namespace where there are none, without the members of any of
/// <see cref="Except"/>. An immutable value; a socket's id is the name of its own room.</summary>
public sealed class BroadcastOptions
{
    internal static readonly BroadcastOptions All = new([], [], BroadcastFlags.None);

    private readonly string[] _rooms;
    private readonly string[] _except;

    internal BroadcastOptions(string[] rooms, string[] except, BroadcastFlags flags)
    {
        _rooms = rooms;
        _except = except;
        Flags = flags;
    }

    /// <summary>Makes a value.</summary>
    /// <param name="rooms">The target rooms; empty for everybody. Copied.</param>
    /// <param name="except">The excluded rooms. Copied.</param>
    /// <param name="flags">How to send.</param>
    public BroadcastOptions(IEnumerable<string> rooms, IEnumerable<string> except, BroadcastFlags flags = BroadcastFlags.None)
        : this([.. rooms.Distinct(StringComparer.Ordinal)], [.. except.Distinct(StringComparer.Ordinal)], flags)
    {
    }

    /// <summary>The target rooms, each once, in the order in which they were named.</summary>
    public IReadOnlyList<string> Rooms => _rooms;

    /// <summary>The excluded rooms, each once.</summary>
    public IReadOnlyList<string> Except => _except;

    /// <summary>How to send.</summary>
    public BroadcastFlags Flags { get; }

    internal ReadOnlySpan<string> RoomSpan => _rooms;

    internal ReadOnlySpan<string> ExceptSpan => _except;

    internal bool Has(BroadcastFlags flag) => (Flags & flag) != 0;

    internal BroadcastOptions To(string room) => new(With(_rooms, room), _except, Flags);

    internal BroadcastOptions To(IEnumerable<string> rooms) => new(With(_rooms, rooms), _except, Flags);

    internal BroadcastOptions Excluding(string room) => new(_rooms, With(_except, room), Flags);

    internal BroadcastOptions Excluding(IEnumerable<string> rooms) => new(_rooms, With(_except, rooms), Flags);

    internal BroadcastOptions With(BroadcastFlags flag) => new(_rooms, _except, Flags | flag);

    internal BroadcastOptions Without(BroadcastFlags flag) => new(_rooms, _except, Flags & ~flag);

    private static string[] With(string[] rooms, string room)
    {
        ArgumentNullException.ThrowIfNull(room);
        return Array.IndexOf(rooms, room) >= 0 ? rooms : [.. rooms, room];
    }

    private static string[] With(string[] rooms, IEnumerable<string> more)
    {
        ArgumentNullException.ThrowIfNull(more);
        return [.. rooms.Concat(more).Distinct(StringComparer.Ordinal)];
    }
}
