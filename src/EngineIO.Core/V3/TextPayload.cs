using System.Buffers;
using System.Buffers.Text;
using EngineIO.Text;

namespace EngineIO.V3;

/// <summary>The text form of a payload: <c>&lt;length&gt;:&lt;packet&gt;</c>, repeated; a length counts UTF-16 code units.</summary>
internal static class TextPayload
{
    public static PacketError Decode(Memory<byte> payload, int maxPackets, List<EnginePacket> packets)
    {
        if (payload.IsEmpty) return PacketError.Empty;
        if (!Utf8Text.IsValid(payload.Span)) return PacketError.InvalidUtf8;

        for (int count = 0; !payload.IsEmpty; count++)
        {
            if (count == maxPackets) return PacketError.TooManyPackets;
            if (!TryReadPacket(ref payload, out var text)) return PacketError.InvalidLength;
            var error = CodecV3.DecodeText(text, out var packet);
            if (error != PacketError.None) return error;
            packets.Add(packet);
        }

        return PacketError.None;
    }

    public static void Encode(ReadOnlySpan<EngineFrame> frames, IBufferWriter<byte> output)
    {
        foreach (ref readonly var frame in frames)
        {
            var bytes = frame.Bytes.Span;
            if (frame.IsBinary)
            {
                WriteLength(2 + Base64Text.EncodedLength(bytes.Length), output);
                output.Write("b4"u8);
                Base64Text.Write(bytes, output);
            }
            else
            {
                WriteLength(Utf8Text.CountUtf16(bytes), output);
                output.Write(bytes);
            }
        }
    }

    private static bool TryReadPacket(ref Memory<byte> payload, out Memory<byte> text)
    {
        text = default;
        var length = new PacketLength();
        int i = 0;
        for (var span = payload.Span; i < span.Length && span[i] != ':'; i++)
        {
            if (!length.TryAppend(span[i] - '0')) return false;
        }

        if (i == 0 || i == payload.Length) return false;
        var rest = payload.Slice(i + 1);
        if (!Utf8Text.TrySliceUtf16(rest.Span, length.Value, out int bytes)) return false;
        text = rest.Slice(0, bytes);
        payload = rest.Slice(bytes);
        return true;
    }

    private static void WriteLength(int length, IBufferWriter<byte> output)
    {
        var span = output.GetSpan(PacketLength.MaxDigits + 1);
        Utf8Formatter.TryFormat(length, span, out int written);
        span[written++] = (byte)':';
        output.Advance(written);
    }
}
