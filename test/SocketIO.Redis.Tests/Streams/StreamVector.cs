using System.Text;
using System.Text.Json;
using StackExchange.Redis;

namespace SocketIO.Redis.Tests.Streams;

/// <summary>One thing that official servers did, and the commands that they sent to Redis.</summary>
/// <param name="File">The file of vectors.</param>
/// <param name="Id">Its name there.</param>
/// <param name="Commands">The commands, with their arguments.</param>
public sealed record StreamVector(string File, string Id, IReadOnlyList<IReadOnlyList<byte[]>> Commands)
{
    /// <summary>The entries that were added to a stream.</summary>
    public IEnumerable<StreamEntry> Entries => Commands.Where(command => Text(command[0]) == "XADD").Select(command => ToEntry(command, "1-0"));

    public static IReadOnlyList<StreamVector> Load(string file)
    {
        using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", file)));
        return [.. document.RootElement.GetProperty("vectors").EnumerateArray().Select(vector => new StreamVector(
            file, vector.GetProperty("id").GetString()!, [.. vector.GetProperty("commands").EnumerateArray().Select(Arguments)]))];
    }

    public static StreamVector Load(string file, string id) => Load(file).Single(vector => vector.Id == id);

    public static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    /// <summary>An entry as it was added: <c>XADD key MAXLEN ~ n * name value …</c>.</summary>
    public static StreamEntry ToEntry(IReadOnlyList<byte[]> command, string id)
    {
        var fields = new List<NameValueEntry>();
        for (int i = 6; i < command.Count; i += 2) fields.Add(new(command[i], command[i + 1]));
        return new StreamEntry(id, [.. fields]);
    }

    public override string ToString() => $"{File}: {Id}";

    private static IReadOnlyList<byte[]> Arguments(JsonElement command) => [.. command.GetProperty("args").EnumerateArray().Select(argument =>
        argument.TryGetProperty("utf8", out var text) ? Encoding.UTF8.GetBytes(text.GetString()!) : Convert.FromHexString(argument.GetProperty("hex").GetString()!))];
}
