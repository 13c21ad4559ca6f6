using System.Buffers;
using System.Text.Json;
using SocketIO.Json;
using SocketIO.MessagePack.Wire;
using SocketIO.Parsing;

namespace SocketIO.MessagePack.Transcoding;

/// <summary>Writes a payload's JSON as MessagePack, bytes where placeholders stand.</summary>
internal static class JsonToMessagePack
{
    private const int CommonText = 256;

    /// <summary>Writes a payload.</summary>
    /// <exception cref="JsonException">The JSON is not valid.</exception>
    internal static void Write(Payload payload, IBufferWriter<byte> output)
    {
        var json = SurrogateRepair.Repair(payload.Json).Span;
        var sizes = new ContainerSizes(json, payload.Attachments.Length);
        try
        {
            Write(json, payload.Attachments.Span, ref sizes, output);
        }
        finally
        {
            sizes.Dispose();
        }
    }

    private static void Write(
        ReadOnlySpan<byte> json, ReadOnlySpan<ReadOnlyMemory<byte>> attachments, ref ContainerSizes sizes, IBufferWriter<byte> output)
    {
        var writer = new TokenWriter(output);
        var reader = new Utf8JsonReader(json, PayloadSerializer.AnyDepth);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray:
                    writer.WriteArrayHead(sizes.Next());
                    break;
                case JsonTokenType.StartObject when sizes.Next() is var size:
                    if (size >= 0) writer.WriteMapHead(size);
                    else
                    {
                        writer.WriteBinary(attachments[~size].Span);
                        reader.Skip();
                    }

                    break;
                case JsonTokenType.PropertyName or JsonTokenType.String:
                    WriteText(ref reader, writer);
                    break;
                case JsonTokenType.Number:
                    WriteNumber(ref reader, writer);
                    break;
                case JsonTokenType.True or JsonTokenType.False:
                    writer.Write(reader.TokenType == JsonTokenType.True);
                    break;
                case JsonTokenType.Null:
                    writer.WriteNil();
                    break;
            }
        }
    }

    private static void WriteText(ref Utf8JsonReader reader, TokenWriter writer)
    {
        if (!reader.ValueIsEscaped)
        {
            writer.WriteString(reader.ValueSpan);
            return;
        }

        byte[]? rented = null;
        var length = reader.ValueSpan.Length;
        var text = length <= CommonText ? stackalloc byte[CommonText] : rented = ArrayPool<byte>.Shared.Rent(length);
        writer.WriteString(text[..reader.CopyString(text)]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
    }

    private static void WriteNumber(ref Utf8JsonReader reader, TokenWriter writer)
    {
        // Integers keep all their digits, which a peer in JavaScript rounds.
        if (reader.TryGetInt64(out var integer)) writer.Write(integer);
        else if (reader.TryGetUInt64(out var unsigned)) writer.Write(unsigned);
        else if (reader.TryGetDouble(out var number)) writer.Write(number);
        else writer.Write(reader.ValueSpan[0] == (byte)'-' ? double.NegativeInfinity : double.PositiveInfinity);
    }
}
