namespace Parity;

/// <summary>A promise to be kept: an item of the specification or a behaviour of an official test suite.</summary>
/// <param name="Id">Its id, as traits name it.</param>
/// <param name="What">What is promised, in few words.</param>
/// <param name="Members">The public members that keep it.</param>
/// <param name="Note">Why no test is due, or empty.</param>
internal sealed record ParityItem(string Id, string What, IReadOnlyList<string> Members, string Note)
{
    /// <summary>Whether a test is due.</summary>
    public bool IsDue => Note.Length == 0;

    /// <summary>The id without its number: <c>SRV-BC</c>, or the file of a behaviour.</summary>
    public string Family => Id[..Id.LastIndexOfAny(['-', ':'])];

    /// <summary>Reads a table of tab-separated columns: id, what, members, note.</summary>
    public static IReadOnlyList<ParityItem> Read(string file) =>
        [.. File.ReadLines(file).Where(line => line.Length > 0 && line[0] != '#').Select(Parse)];

    private static ParityItem Parse(string line)
    {
        var columns = line.Split('\t');
        if (columns.Length != 4) throw new FormatException($"Four columns are due: {line}");
        return new ParityItem(columns[0], columns[1], columns[2].Split(", ", StringSplitOptions.RemoveEmptyEntries), columns[3]);
    }
}
