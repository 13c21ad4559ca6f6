namespace SocketIO.Events;

/// <summary>An immutable map from the UTF-8 name of an event to its group, in the order in which the events were first
/// registered.</summary>
internal sealed class ListenerMap
{
    internal static readonly ListenerMap Empty = new([]);

    // Below this a scan over hashes is as fast as a table and costs no second array.
    private const int MaxScanned = 8;

    private readonly int[]? _slots;

    private ListenerMap(ListenerGroup[] groups)
    {
        Groups = groups;
        if (groups.Length > MaxScanned) _slots = Index(groups);
    }

    internal ListenerGroup[] Groups { get; }

    /// <summary>FNV-1a. Names come from the application alone, so that nobody can fill the table with colliding ones.</summary>
    internal static uint Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = 2166136261u;
        foreach (var b in utf8) hash = (hash ^ b) * 16777619u;
        return hash;
    }

    internal ListenerGroup? Find(ReadOnlySpan<byte> utf8Name)
    {
        var index = IndexOf(utf8Name, Hash(utf8Name));
        return index < 0 ? null : Groups[index];
    }

    internal ListenerGroup? Find(ListenerName name)
    {
        var index = IndexOf(name.Utf8, name.Hash);
        return index < 0 ? null : Groups[index];
    }

    /// <summary>The map with one more listener.</summary>
    internal ListenerMap With(ListenerRegistration registration) =>
        Find(registration.Name) is { } group ? With(group.Append(registration)) : new([.. Groups, new ListenerGroup(registration)]);

    /// <summary>The map with another group of the same event.</summary>
    internal ListenerMap With(ListenerGroup group)
    {
        var groups = (ListenerGroup[])Groups.Clone();
        groups[IndexOf(group.EventName.Utf8, group.EventName.Hash)] = group;
        return new(groups);
    }

    internal ListenerMap Without(ListenerGroup group) =>
        Groups.Length == 1 ? Empty : new(Array.FindAll(Groups, g => g != group));

    private static int[] Index(ListenerGroup[] groups)
    {
        var size = 16;
        while (size < groups.Length * 2) size *= 2;
        var slots = new int[size];
        for (var i = 0; i < groups.Length; i++)
        {
            var slot = groups[i].EventName.Hash & (uint)(size - 1);
            while (slots[slot] != 0) slot = (slot + 1) & (uint)(size - 1);
            slots[slot] = i + 1;
        }

        return slots;
    }

    private int IndexOf(ReadOnlySpan<byte> utf8Name, uint hash)
    {
        if (_slots is null)
        {
            for (var i = 0; i < Groups.Length; i++)
            {
                var name = Groups[i].EventName;
                if (name.Hash == hash && utf8Name.SequenceEqual(name.Utf8)) return i;
            }

            return -1;
        }

        var mask = (uint)_slots.Length - 1;
        for (var slot = hash & mask; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            var i = _slots[slot] - 1;
            var name = Groups[i].EventName;
            if (name.Hash == hash && utf8Name.SequenceEqual(name.Utf8)) return i;
        }

        return -1;
    }
}
