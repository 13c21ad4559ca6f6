namespace Docs.Tests;

/// <summary>A block of C# in a document.</summary>
/// <param name="Document">The document, below the root.</param>
/// <param name="Line">Where its first line stands.</param>
/// <param name="Code">The code.</param>
public sealed record Snippet(string Document, int Line, string Code)
{
    private const string Fence = "```";

    /// <summary>Whether it is about the client: in a document of the client, or by its using directive.</summary>
    public bool IsOfClient =>
        Document.EndsWith("client.md", StringComparison.Ordinal) || Document.EndsWith("migrating-from-SocketIOClient.md", StringComparison.Ordinal)
        || Code.Contains("using SocketIO.Client;", StringComparison.Ordinal);

    /// <summary>All blocks of a document.</summary>
    public static IEnumerable<Snippet> In(string root, string document)
    {
        var lines = File.ReadAllLines(Path.Combine(root, document));
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim() != Fence + "csharp") continue;
            var end = Array.FindIndex(lines, i + 1, static line => line.Trim() == Fence);
            if (end < 0) throw new InvalidDataException($"{document}:{i + 1} opens a block that is not closed.");
            yield return new(document, i + 2, string.Join('\n', lines[(i + 1)..end]));
            i = end;
        }
    }

    public override string ToString() => $"{Document}:{Line}";
}
