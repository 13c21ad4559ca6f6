using System.Text.Json;

namespace EngineIO;

/// <summary>Reads the JSON of an open packet.</summary>
internal static class HandshakeReader
{
    /// <summary>The data, or null where a member is missing or of another type.</summary>
    /// <param name="json">The JSON.</param>
    /// <exception cref="JsonException">The JSON is malformed.</exception>
    /// <exception cref="InvalidOperationException">A string is not well-formed text.</exception>
    public static EngineHandshakeData? Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        string? sid = null;
        IReadOnlyList<string>? upgrades = [];
        TimeSpan? pingInterval = null, pingTimeout = null;
        long? maxPayload = null;

        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("sid"u8)) sid = ReadString(ref reader);
            else if (reader.ValueTextEquals("upgrades"u8)) upgrades = ReadStrings(ref reader);
            else if (reader.ValueTextEquals("pingInterval"u8)) pingInterval = ReadMilliseconds(ref reader);
            else if (reader.ValueTextEquals("pingTimeout"u8)) pingTimeout = ReadMilliseconds(ref reader);
            else if (reader.ValueTextEquals("maxPayload"u8)) maxPayload = ReadSize(ref reader);
            else Skip(ref reader);
        }

        if (reader.TokenType != JsonTokenType.EndObject || reader.Read()) return null;
        if (string.IsNullOrEmpty(sid) || upgrades is null || pingInterval is null || pingTimeout is null) return null;
        return new(sid!, upgrades, pingInterval.Value, pingTimeout.Value, maxPayload);
    }

    private static void Skip(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static string? ReadString(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String) return reader.GetString();
        reader.Skip();
        return null;
    }

    private static List<string>? ReadStrings(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }

        List<string> strings = [];
        bool onlyStrings = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String) strings.Add(reader.GetString()!);
            else onlyStrings = false;
            reader.Skip();
        }

        return onlyStrings ? strings : null;
    }

    // A timer's longest time is what JavaScript's is: 2^31 - 1 ms.
    private static TimeSpan? ReadMilliseconds(ref Utf8JsonReader reader) =>
        ReadNumber(ref reader) is { } value and >= 0 and <= int.MaxValue ? TimeSpan.FromMilliseconds(value) : null;

    private static long? ReadSize(ref Utf8JsonReader reader) =>
        ReadNumber(ref reader) is { } value and > 0 and <= 1L << 53 ? (long)value : null;

    private static double? ReadNumber(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double value)) return value;
        reader.Skip();
        return null;
    }
}
