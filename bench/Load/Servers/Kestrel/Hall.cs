using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace KestrelApp;

/// <summary>Who is there, and who is in which room. Readers take no lock.</summary>
internal sealed class Hall
{
    private readonly ConcurrentDictionary<string, ImmutableArray<Peer>> _rooms = new();
    private readonly ConcurrentDictionary<string, ImmutableArray<Peer>>.AlternateLookup<ReadOnlySpan<char>> _roomsByText;
    private readonly HashSet<Peer> _people = [];
    private Peer[]? _everyone = [];

    public Hall() => _roomsByText = _rooms.GetAlternateLookup<ReadOnlySpan<char>>();

    // The list is made anew when it is asked for after a change, so that a crowd that comes in is not copied for each of its members.
    public Peer[] Everyone
    {
        get
        {
            if (Volatile.Read(ref _everyone) is { } everyone) return everyone;
            lock (_people) return _everyone = [.. _people];
        }
    }

    public ImmutableArray<Peer> Room(ReadOnlySpan<char> name) => _roomsByText.TryGetValue(name, out var members) ? members : [];

    public void Enter(Peer peer)
    {
        lock (_people)
        {
            _people.Add(peer);
            _everyone = null;
        }
    }

    public void Join(Peer peer, string room) => _rooms.AddOrUpdate(room, [peer], (_, members) => members.Add(peer));

    public void Leave(Peer peer, IEnumerable<string> rooms)
    {
        lock (_people)
        {
            _people.Remove(peer);
            _everyone = null;
        }

        foreach (var room in rooms) _rooms.AddOrUpdate(room, [], (_, members) => members.Remove(peer));
    }
}
