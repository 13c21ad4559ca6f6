using System.Buffers;
using EngineIO.Text;

namespace EngineIO.V4;

/// <summary>Revision 4: a text packet is a digit and its data, a binary message is raw bytes or <c>b</c> and base64, and a payload is text
/// packets joined by U+001E, whatever its content type.</summary>
internal sealed class CodecV4 : EngineCodec
{
    private const byte Separator = 0x1E;

    private CodecV4()
    {
    }

    public static CodecV4 Instance { get; } = new();

    public override PacketError DecodeFrame(ReadOnlyMemory<byte> data, bool isBinary, out EnginePacket packet)
    {
        if (isBinary)
        {
            packet = new(EnginePacketType.Message, data, isBinary: true);
            return PacketError.None;
        }

        return TextPacket.IsBase64(data.Span) ? DecodeBase64(data.ToArray(), out packet) : TextPacket.Decode(data, out packet);
    }

    public override EngineFrame ToWebSocketFrame(EngineFrame frame, bool supportsBinary) =>
        frame.IsBinary && !supportsBinary ? EngineFrame.Base64(Base64Text.ToArray("b"u8, frame.Bytes.Span)) : frame;

    public override PacketError DecodePayload(Memory<byte> payload, bool isBinary, int maxPackets, List<EnginePacket> packets)
    {
        if (payload.IsEmpty) return PacketError.Empty;
        if (!Utf8Text.IsValid(payload.Span)) return PacketError.InvalidUtf8;

        for (int count = 0; ; count++)
        {
            if (count == maxPackets) return PacketError.TooManyPackets;
            int end = payload.Span.IndexOf(Separator);
            var text = end < 0 ? payload : payload.Slice(0, end);
            var error = TextPacket.IsBase64(text.Span) ? DecodeBase64(text, out var packet) : TextPacket.Decode(text, out packet);
            if (error != PacketError.None) return error;
            packets.Add(packet);
            if (end < 0) return PacketError.None;
            payload = payload.Slice(end + 1);
        }
    }

    public override bool EncodePayload(ReadOnlySpan<EngineFrame> frames, bool supportsBinary, IBufferWriter<byte> output)
    {
        for (int i = 0; i < frames.Length; i++)
        {
            if (i > 0) output.Write([Separator]);
            if (frames[i].IsBinary)
            {
                output.Write("b"u8);
                Base64Text.Write(frames[i].Bytes.Span, output);
            }
            else
            {
                output.Write(frames[i].Bytes.Span);
            }
        }

        return false;
    }

    private static PacketError DecodeBase64(Memory<byte> text, out EnginePacket packet) =>
        TextPacket.DecodeBase64(EnginePacketType.Message, text.Slice(1), out packet);
}
