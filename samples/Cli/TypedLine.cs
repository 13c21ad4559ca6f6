using System.Text;
using System.Text.Json;

namespace Cli;

/// <summary>A line that somebody typed: an event and its arguments.</summary>
/// <param name="Event">The event.</param>
/// <param name="Arguments">Its arguments: JSON values, or the text as it stands where it is no JSON.</param>
/// <param name="WantsAck">Whether the line began with a question mark.</param>
internal sealed record TypedLine(string Event, object?[] Arguments, bool WantsAck)
{
    /// <summary>Reads a line; null where it is empty.</summary>
    public static TypedLine? Parse(string line)
    {
        line = line.Trim();
        var wantsAck = line.StartsWith('?');
        if (wantsAck) line = line[1..].TrimStart();
        if (line.Length == 0) return null;
        var (name, rest) = line.StartsWith('"') ? SplitQuoted(line) : SplitWord(line);
        return new TypedLine(name, ParseArguments(rest.Trim()), wantsAck);
    }

    private static (string Name, string Tail) SplitWord(string line)
    {
        var end = line.IndexOfAny([' ', '\t']);
        return end < 0 ? (line, "") : (line[..end], line[end..]);
    }

    private static (string Name, string Tail) SplitQuoted(string line)
    {
        try
        {
            var bytes = Encoding.UTF8.GetBytes(line);
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowMultipleValues = true });
            reader.Read();
            return (reader.GetString()!, Encoding.UTF8.GetString(bytes.AsSpan((int)reader.BytesConsumed)));
        }
        catch (JsonException)
        {
            return SplitWord(line);
        }
    }

    private static object?[] ParseArguments(string text)
    {
        try
        {
            var arguments = new List<object?>();
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { AllowMultipleValues = true });
            while (reader.Read()) arguments.Add(JsonElement.ParseValue(ref reader));
            return [.. arguments];
        }
        catch (JsonException)
        {
            return [text];
        }
    }
}
