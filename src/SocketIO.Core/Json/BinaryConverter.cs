using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocketIO.Json;

/// <summary>Makes attachments of bytes, wherever they stand in a payload, and bytes of attachments. Outside of a payload, and where a
/// string is read, bytes are base64; the JSON of a Node.js Buffer is read as well.</summary>
/// <typeparam name="T">A type that holds bytes.</typeparam>
internal abstract class BinaryConverter<T> : JsonConverter<T>
{
    public sealed override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // Only the types that can't be null get here with one.
        if (reader.TokenType == JsonTokenType.Null) return FromArray([]);
        if (reader.TokenType != JsonTokenType.StartObject) return FromArray(reader.GetBytesFromBase64());
        var start = reader;
        var number = Placeholder.Read(ref reader);
        var attachments = AttachmentScope.Current;
        if ((uint)number < (uint)attachments.Length) return FromMemory(attachments.Span[number]);
        return FromArray(NodeBuffer.Read(start) ?? throw new JsonException("The value is neither an attachment nor base64."));
    }

    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        if (AttachmentCollector.Current is { } collector) Placeholder.Write(writer, collector.Add(ToMemory(value)));
        else writer.WriteBase64StringValue(ToMemory(value).Span);
    }

    private protected abstract ReadOnlyMemory<byte> ToMemory(T value);

    private protected abstract T FromMemory(ReadOnlyMemory<byte> bytes);

    private protected abstract T FromArray(byte[] bytes);
}
