using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocketIO.Json;

/// <summary>Passes a value on as it came, its attachments renumbered for the payload that it becomes part of.</summary>
internal sealed class PayloadConverter : JsonConverter<Payload>
{
    public override Payload Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return new(JsonMarshal.GetRawUtf8Value(document.RootElement).ToArray(), AttachmentScope.Current);
    }

    public override void Write(Utf8JsonWriter writer, Payload value, JsonSerializerOptions options) => Write(writer, value);

    internal static void Write(Utf8JsonWriter writer, Payload value)
    {
        if (value.IsEmpty) writer.WriteNullValue();
        else if (!value.HasAttachments) writer.WriteRawValue(value.Json.Span, skipInputValidation: true);
        else
        {
            using var buffer = new PooledBuffer();
            Rewrite(value, buffer);
            writer.WriteRawValue(buffer.WrittenSpan, skipInputValidation: true);
        }
    }

    private static void Rewrite(Payload value, PooledBuffer output)
    {
        var json = value.Json.Span;
        var walker = new PlaceholderWalker(json, PayloadSerializer.AnyDepth, stackalloc WalkedLevel[PlaceholderWalker.CommonDepth]);
        var copied = 0;
        while (walker.Read())
        {
            if (!walker.IsPlaceholderEnd || (uint)walker.PlaceholderNumber >= (uint)value.Attachments.Length) continue;
            output.Write(json[copied..walker.PlaceholderStart]);
            WriteBytes(output, value.Attachments.Span[walker.PlaceholderNumber]);
            copied = (int)walker.Reader.BytesConsumed;
        }

        output.Write(json[copied..]);
    }

    private static void WriteBytes(PooledBuffer output, ReadOnlyMemory<byte> bytes)
    {
        if (AttachmentCollector.Current is { } collector)
        {
            output.Advance(Placeholder.Format(collector.Add(bytes), output.GetSpan(Placeholder.MaxLength)));
            return;
        }

        var span = output.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length) + 2);
        span[0] = (byte)'"';
        Base64.EncodeToUtf8(bytes.Span, span[1..], out _, out var length);
        span[length + 1] = (byte)'"';
        output.Advance(length + 2);
    }
}
