using System.Buffers;
using System.Buffers.Text;
using EngineIO.Text;

namespace EngineIO.V3;

/// <summary>The binary form of a payload: <c>&lt;0 text | 1 binary&gt;&lt;length, a decimal digit per byte&gt;&lt;255&gt;&lt;packet&gt;</c>, repeated; a
/// length counts bytes.</summary>
internal static class BinaryPayload
{
    private const byte TextMarker = 0;
    private const byte BinaryMarker = 1;
    private const byte EndOfLength = 255;

    public static PacketError Decode(Memory<byte> payload, int maxPackets, List<EnginePacket> packets)
    {
        if (payload.IsEmpty) return PacketError.Empty;

        for (int count = 0; !payload.IsEmpty; count++)
        {
            if (count == maxPackets) return PacketError.TooManyPackets;
            if (!TryReadPacket(ref payload, out bool isBinary, out var data)) return PacketError.InvalidLength;
            if (!isBinary && !Utf8Text.IsValid(data.Span)) return PacketError.InvalidUtf8;
            var error = isBinary ? CodecV3.DecodeBinary(data, out var packet) : CodecV3.DecodeText(data, out packet);
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
                WriteHeader(BinaryMarker, bytes.Length + 1L, output);
                output.Write([CodecV3.MessageByte]);
            }
            else
            {
                WriteHeader(TextMarker, bytes.Length, output);
            }

            output.Write(bytes);
        }
    }

    private static bool TryReadPacket(ref Memory<byte> payload, out bool isBinary, out Memory<byte> data)
    {
        data = default;
        var span = payload.Span;
        isBinary = span[0] == BinaryMarker;
        if (span[0] > BinaryMarker) return false;
        var length = new PacketLength();
        int i = 1;
        for (; i < span.Length && span[i] != EndOfLength; i++)
        {
            if (!length.TryAppend(span[i])) return false;
        }

        if (i == 1 || i == span.Length || length.Value > span.Length - i - 1) return false;
        data = payload.Slice(i + 1, (int)length.Value);
        payload = payload.Slice(i + 1 + (int)length.Value);
        return true;
    }

    private static void WriteHeader(byte marker, long length, IBufferWriter<byte> output)
    {
        var span = output.GetSpan(PacketLength.MaxDigits + 2);
        span[0] = marker;
        Utf8Formatter.TryFormat(length, span.Slice(1), out int digits);
        for (int i = 1; i <= digits; i++) span[i] -= (byte)'0';
        span[digits + 1] = EndOfLength;
        output.Advance(digits + 2);
    }
}
