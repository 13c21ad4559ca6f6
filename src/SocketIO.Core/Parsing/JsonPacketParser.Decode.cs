using EngineIO;

namespace SocketIO.Parsing;

public sealed partial class JsonPacketParser
{
    /// <inheritdoc/>
    public DecodeStatus Decode(EngineMessage message, ref DecoderState state, out Packet packet)
    {
        state.Error = null;
        return message.IsBinary ? DecodeAttachment(message.Data, ref state, out packet) : DecodeText(message.Data, ref state, out packet);
    }

    private DecodeStatus DecodeAttachment(ReadOnlyMemory<byte> data, ref DecoderState state, out Packet packet)
    {
        packet = default;
        if (state.Pending is not { } pending) return state.Fail("got binary data when not reconstructing a packet");
        if (data.Length > _maxAttachmentBytes - pending.AttachmentBytes) return state.Fail("too many attachment bytes");
        pending.Add(data);
        if (!pending.IsComplete) return DecodeStatus.NeedMore;
        packet = pending.ToPacket();
        state.Pending = null;
        return DecodeStatus.Complete;
    }

    private DecodeStatus DecodeText(ReadOnlyMemory<byte> message, ref DecoderState state, out Packet packet)
    {
        packet = default;
        if (state.Pending is not null) return state.Fail("got plaintext data when reconstructing a packet");
        var reader = new HeaderReader(message.Span);
        if (!reader.TryReadType(out var type)) return state.Fail(Unknown(message.Span));
        var isBinary = type is PacketType.BinaryEvent or PacketType.BinaryAck;
        var attachments = 0;
        if (isBinary)
        {
            if (!reader.TryReadAttachments(out attachments) || attachments < 1) return state.Fail("Illegal attachments");
            if (attachments > _maxAttachments) return state.Fail("too many attachments");
            type = type == PacketType.BinaryEvent ? PacketType.Event : PacketType.Ack;
        }

        var ns = reader.ReadNamespace(ref state);
        if (!reader.TryReadId(MaxId, out var id)) return state.Fail("invalid acknowledgement id");
        var json = message[reader.Position..];
        if (PayloadValidator.Validate(ref json, type, attachments, _maxAttachments, _maxDepth) is { } error) return state.Fail(error);
        if (!isBinary)
        {
            packet = new(type, ns, new Payload(json), id);
            return DecodeStatus.Complete;
        }

        state.Pending = new(type, ns, id, json.ToArray(), attachments);
        return DecodeStatus.NeedMore;
    }

    private static string Unknown(ReadOnlySpan<byte> message) =>
        message.IsEmpty ? "empty packet"
        : message[0] is >= (byte)'7' and <= (byte)'9' ? $"unknown packet type {(char)message[0]}"
        : "unknown packet type";
}
