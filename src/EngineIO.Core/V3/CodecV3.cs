using System.Buffers;
using EngineIO.Text;

namespace EngineIO.V3;

/// <summary>Revision 3: a binary packet begins with its type, as a byte or, in base64, as <c>b</c> and a digit; a payload is a sequence of
/// packets with their lengths, in one of two forms.</summary>
internal sealed class CodecV3 : EngineCodec
{
    private CodecV3()
    {
    }

    public static CodecV3 Instance { get; } = new();

    public override PacketError DecodeFrame(ReadOnlyMemory<byte> data, bool isBinary, out EnginePacket packet)
    {
        if (isBinary) return DecodeBinary(data, out packet);
        return TextPacket.IsBase64(data.Span) ? DecodeText(data.ToArray(), out packet) : TextPacket.Decode(data, out packet);
    }

    public override EngineFrame ToWebSocketFrame(EngineFrame frame, bool supportsBinary)
    {
        if (!frame.IsBinary) return frame;
        if (!supportsBinary) return EngineFrame.Base64(Base64Text.ToArray("b4"u8, frame.Bytes.Span));
        var bytes = new byte[1 + frame.Bytes.Length];
        bytes[0] = MessageByte;
        frame.Bytes.Span.CopyTo(bytes.AsSpan(1));
        return EngineFrame.Binary(bytes);
    }

    public override PacketError DecodePayload(Memory<byte> payload, bool isBinary, int maxPackets, List<EnginePacket> packets) =>
        isBinary ? BinaryPayload.Decode(payload, maxPackets, packets) : TextPayload.Decode(payload, maxPackets, packets);

    public override bool EncodePayload(ReadOnlySpan<EngineFrame> frames, bool supportsBinary, IBufferWriter<byte> output)
    {
        if (supportsBinary && HasBinary(frames))
        {
            BinaryPayload.Encode(frames, output);
            return true;
        }

        TextPayload.Encode(frames, output);
        return false;
    }

    /// <summary>The first byte of a binary message: its type as a number, not as a digit.</summary>
    internal const byte MessageByte = (byte)EnginePacketType.Message - (byte)'0';

    /// <summary>Decodes a text packet, base64 in place.</summary>
    internal static PacketError DecodeText(Memory<byte> text, out EnginePacket packet)
    {
        if (!TextPacket.IsBase64(text.Span)) return TextPacket.Decode(text, out packet);
        if (text.Length >= 2 && TextPacket.TryGetType(text.Span[1], out var type))
            return TextPacket.DecodeBase64(type, text.Slice(2), out packet);
        packet = default;
        return PacketError.UnknownType;
    }

    /// <summary>Decodes a binary packet.</summary>
    internal static PacketError DecodeBinary(ReadOnlyMemory<byte> data, out EnginePacket packet)
    {
        packet = default;
        if (data.IsEmpty) return PacketError.Empty;
        if (!TextPacket.TryGetType((byte)(data.Span[0] + '0'), out var type)) return PacketError.UnknownType;
        packet = new(type, data.Slice(1), isBinary: true);
        return PacketError.None;
    }

    private static bool HasBinary(ReadOnlySpan<EngineFrame> frames)
    {
        foreach (ref readonly var frame in frames)
        {
            if (frame.IsBinary) return true;
        }

        return false;
    }
}
