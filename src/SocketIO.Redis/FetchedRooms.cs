namespace SocketIO.Redis;

/// <summary>The rooms of the servers that answered. Immutable.</summary>
public sealed class FetchedRooms
{
    internal FetchedRooms(IReadOnlyCollection<string> rooms, IReadOnlyList<string> silentServers) => (Rooms, SilentServers) = (rooms, silentServers);

    /// <summary>The rooms.</summary>
    public IReadOnlyCollection<string> Rooms { get; }

    /// <summary>The names of the servers that did not answer in time.</summary>
    public IReadOnlyList<string> SilentServers { get; }

    /// <summary>Whether all servers answered.</summary>
    public bool IsComplete => SilentServers.Count == 0;
}
