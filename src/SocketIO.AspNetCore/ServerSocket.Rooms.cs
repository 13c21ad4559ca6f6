namespace SocketIO.AspNetCore;

public sealed partial class ServerSocket
{
    private volatile bool _canJoin = true;

    /// <summary>The rooms at this moment: its own, named by its id, and those it joined. Empty once the socket is disconnected.</summary>
    public IReadOnlyCollection<string> Rooms => Namespace.Adapter.GetRooms(Id) ?? [];

    /// <summary>Joins a room. Does nothing where the socket is disconnected, or already in it.</summary>
    /// <param name="room">The room.</param>
    /// <returns>A task that has completed already, unless the adapter speaks to other servers.</returns>
    public ValueTask JoinAsync(string room)
    {
        ArgumentNullException.ThrowIfNull(room);
        return JoinAsync([room]);
    }

    /// <summary>Joins rooms.</summary>
    /// <param name="rooms">The rooms.</param>
    /// <returns>A task that has completed already, unless the adapter speaks to other servers.</returns>
    public ValueTask JoinAsync(IEnumerable<string> rooms)
    {
        ArgumentNullException.ThrowIfNull(rooms);
        return JoinAsync(rooms as IReadOnlyCollection<string> ?? [.. rooms]);
    }

    /// <summary>Leaves a room. Does nothing where the socket is not in it.</summary>
    /// <param name="room">The room.</param>
    /// <returns>A task that has completed already, unless the adapter speaks to other servers.</returns>
    public ValueTask LeaveAsync(string room)
    {
        ArgumentNullException.ThrowIfNull(room);
        // Its rooms are left already, and those of its id may be its successor's.
        if (!_canJoin) return default;
        LogLeave(_log, room);
        return Namespace.Adapter.RemoveAsync(Id, room);
    }

    private ValueTask JoinAsync(IReadOnlyCollection<string> rooms)
    {
        if (!_canJoin) return default;
        if (_log.IsEnabled(Microsoft.Extensions.Logging.LogLevel.Debug)) LogJoin(_log, string.Join(',', rooms));
        var joining = Namespace.Adapter.AddAllAsync(Id, rooms);
        return joining.IsCompletedSuccessfully ? AfterJoin() : AwaitAsync(joining);

        async ValueTask AwaitAsync(ValueTask pending)
        {
            await pending.ConfigureAwait(false);
            await AfterJoin().ConfigureAwait(false);
        }
    }

    // The socket may have been disconnected while it joined, on another thread: what that thread removed would be back.
    private ValueTask AfterJoin() => _canJoin || Namespace.HasOther(this) ? default : Namespace.Adapter.RemoveAllAsync(Id);
}
