namespace SocketIO.AspNetCore.Adapters;

/// <summary>The members of excluded rooms. One id, the sender's, is the usual case and costs nothing.</summary>
internal readonly struct ExcludedIds
{
    private readonly string? _single;
    private readonly HashSet<string>? _many;

    private ExcludedIds(string? single, HashSet<string>? many)
    {
        _single = single;
        _many = many;
    }

    public static ExcludedIds Of(InMemoryAdapter adapter, IReadOnlyList<string> rooms)
    {
        string? single = null;
        HashSet<string>? many = null;
        for (var i = 0; i < rooms.Count; i++)
        {
            var members = adapter.GetMembers(rooms[i]);
            if (members.Length == 0) continue;
            if (members.Length == 1 && many is null && (single is null || single == members[0]))
            {
                single = members[0];
                continue;
            }

            many ??= new HashSet<string>(StringComparer.Ordinal);
            foreach (var id in members) many.Add(id);
        }

        return new(single, many);
    }

    public bool Contains(string id) =>
        (_single is not null && string.Equals(_single, id, StringComparison.Ordinal)) || _many?.Contains(id) == true;
}
