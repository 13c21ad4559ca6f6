using System.Text.Json;

namespace SocketIO.Json;

/// <summary>What <c>JSON.stringify</c> makes of the bytes of a Node.js Buffer: <c>{"type":"Buffer","data":[1,2]}</c>.</summary>
internal static class NodeBuffer
{
    /// <summary>Reads the object that the reader stands on.</summary>
    /// <returns>Null where it is another one.</returns>
    internal static byte[]? Read(Utf8JsonReader reader)
    {
        var isBuffer = false;
        byte[]? bytes = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isData = reader.ValueTextEquals("data"u8);
            reader.Read();
            if (isType) isBuffer = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("Buffer"u8);
            if (isData) bytes = ReadBytes(ref reader);
            else reader.TrySkip();
        }

        return isBuffer ? bytes : null;
    }

    private static byte[]? ReadBytes(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.TrySkip();
            return null;
        }

        var bytes = new List<byte>();
        var isValid = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetByte(out var value)) bytes.Add(value);
            else isValid = false;
            reader.TrySkip();
        }

        return isValid ? bytes.ToArray() : null;
    }
}
