using System.Buffers;
using System.Buffers.Text;
using SocketIO.Json;

namespace SocketIO.Redis.Classic;

/// <summary>Writes bytes as <c>JSON.stringify</c> does those of a Node.js Buffer: <c>{"type":"Buffer","data":[1,2]}</c>.</summary>
internal static class BufferJson
{
    private const int MaxDigits = 3;

    private static ReadOnlySpan<byte> Head => """{"type":"Buffer","data":["""u8;

    /// <summary>The JSON of a payload, its attachments where their placeholders stand.</summary>
    public static ReadOnlyMemory<byte> Inline(Payload payload)
    {
        if (!payload.HasAttachments) return payload.Json;
        using var output = new PooledBuffer();
        var json = payload.Json.Span;
        var walker = new PlaceholderWalker(json, PayloadSerializer.AnyDepth, stackalloc WalkedLevel[PlaceholderWalker.CommonDepth]);
        var copied = 0;
        while (walker.Read())
        {
            if (!walker.IsPlaceholderEnd || (uint)walker.PlaceholderNumber >= (uint)payload.Attachments.Length) continue;
            output.Write(json[copied..walker.PlaceholderStart]);
            Write(output, payload.Attachments.Span[walker.PlaceholderNumber].Span);
            copied = (int)walker.Reader.BytesConsumed;
        }

        output.Write(json[copied..]);
        return output.WrittenSpan.ToArray();
    }

    private static void Write(PooledBuffer output, ReadOnlySpan<byte> bytes)
    {
        output.Write(Head);
        for (var i = 0; i < bytes.Length; i++)
        {
            var digits = output.GetSpan(MaxDigits + 1);
            Utf8Formatter.TryFormat(bytes[i], digits, out var length);
            digits[length] = (byte)',';
            output.Advance(i < bytes.Length - 1 ? length + 1 : length);
        }

        output.Write("]}"u8);
    }
}
