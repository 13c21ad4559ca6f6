using System.Buffers;
using System.Buffers.Text;
using System.Text;
using EngineIO;

namespace SocketIO.Parsing;

public sealed partial class JsonPacketParser
{
    // The digits of the greatest id, and room to spare.
    private const int MaxDigits = 20;

    /// <inheritdoc/>
    public EncodedPacket Encode(in Packet packet, IBufferWriter<byte> buffer)
    {
        var type = packet.Type;
        var attachments = type is PacketType.Event or PacketType.Ack ? packet.Data.Attachments.Span : default;
        var json = packet.Data.Json.Span;
        if (json.SequenceEqual("null"u8)) json = default;

        // 4 <type> [<attachments>-] [<namespace>,] [<id>] [<JSON>]
        Span<byte> count = stackalloc byte[MaxDigits];
        Span<byte> id = stackalloc byte[MaxDigits];
        count = count[..FormatCount(attachments.Length, count)];
        id = id[..(packet.Id is { } value && Utf8Formatter.TryFormat(value, id, out var length) ? length : 0)];
        var isMain = packet.Namespace == SocketProtocol.MainNamespace;
        var namespaceLength = isMain ? 0 : Encoding.UTF8.GetByteCount(packet.Namespace) + 1;

        var frameLength = 2 + count.Length + namespaceLength + id.Length + json.Length;
        var frame = buffer.GetMemory(frameLength).Slice(0, frameLength);
        buffer.Advance(frameLength);
        var text = frame.Span;
        text[0] = (byte)EnginePacketType.Message;
        text[1] = (byte)('0' + (byte)(attachments.IsEmpty ? type : type + (PacketType.BinaryEvent - PacketType.Event)));
        count.CopyTo(text.Slice(2));
        var position = 2 + count.Length;
        if (!isMain)
        {
            position += Polyfills.WriteUtf8(packet.Namespace, text.Slice(position));
            text[position++] = (byte)',';
        }

        id.CopyTo(text.Slice(position));
        json.CopyTo(text.Slice(position + id.Length));
        return new(EngineFrame.Text(frame).Lend(), ToFrames(attachments));
    }

    private static int FormatCount(int count, Span<byte> output)
    {
        if (count == 0) return 0;
        Utf8Formatter.TryFormat(count, output, out var length);
        output[length] = (byte)'-';
        return length + 1;
    }

    private static EngineFrame[] ToFrames(ReadOnlySpan<ReadOnlyMemory<byte>> attachments)
    {
        if (attachments.IsEmpty) return [];
        var frames = new EngineFrame[attachments.Length];
        for (var i = 0; i < frames.Length; i++) frames[i] = EngineFrame.Binary(attachments[i]);
        return frames;
    }
}
