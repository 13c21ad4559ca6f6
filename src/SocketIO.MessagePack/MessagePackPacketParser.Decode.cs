using EngineIO;
using SocketIO.MessagePack.Transcoding;
using SocketIO.MessagePack.Wire;
using SocketIO.Parsing;

namespace SocketIO.MessagePack;

public sealed partial class MessagePackPacketParser
{
    /// <inheritdoc/>
    public DecodeStatus Decode(EngineMessage message, ref DecoderState state, out Packet packet)
    {
        packet = default;
        state.Error = null;
        if (!message.IsBinary) return state.Fail("got text instead of MessagePack");
        if (!PacketFields.TryRead(message.Data.Span, out var fields)) return state.Fail("invalid MessagePack");
        if (!TryReadInteger(fields.Type, out var number) || number > (long)PacketType.ConnectError) return state.Fail("invalid packet type");
        if (!TryReadNamespace(fields.Namespace, out var ns)) return state.Fail("invalid namespace");
        var type = (PacketType)number;
        if (!IsDataValid(type, fields.Data)) return state.Fail("invalid payload");
        long? id = null;
        if (!fields.Id.IsEmpty)
        {
            if (!TryReadInteger(fields.Id, out var value) || value > MaxId) return state.Fail("invalid packet id");
            id = value;
        }

        var data = default(Payload);
        var keepsBytes = type is PacketType.Event or PacketType.Ack;
        if (!fields.Data.IsEmpty && MessagePackToJson.Read(fields.Data, _maxDepth, _maxAttachments, keepsBytes, out data) is { } error)
            return state.Fail(error);
        if (type == PacketType.Event && !HasName(data.Json.Span)) return state.Fail("invalid payload");
        packet = new(type, ns, data, id);
        return DecodeStatus.Complete;
    }

    private static bool IsDataValid(PacketType type, ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty) return type is PacketType.Connect or PacketType.Disconnect;
        var reader = new TokenReader(data);
        return reader.Read() && type switch
        {
            PacketType.Connect => reader.Type == TokenType.Map,
            PacketType.ConnectError => reader.Type is TokenType.Map or TokenType.String,
            PacketType.Event or PacketType.Ack => reader.Type == TokenType.Array,
            _ => false,
        };
    }

    /// <summary>Whether an event's array begins with text or a number.</summary>
    private static bool HasName(ReadOnlySpan<byte> json) => json[1] is (byte)'"' or (byte)'-' or (>= (byte)'0' and <= (byte)'9');

    private static bool TryReadNamespace(ReadOnlySpan<byte> field, out string ns)
    {
        ns = SocketProtocol.MainNamespace;
        var reader = new TokenReader(field);
        if (!reader.Read() || reader.Type != TokenType.String) return false;
        if (!reader.Bytes.SequenceEqual("/"u8)) ns = Polyfills.Utf8ToString(reader.Bytes);
        return true;
    }

    /// <summary>Reads an integer that is not negative, in any form that a number has.</summary>
    private static bool TryReadInteger(ReadOnlySpan<byte> field, out long value)
    {
        value = 0;
        var reader = new TokenReader(field);
        if (!reader.Read()) return false;
        if (reader.Type == TokenType.Integer) value = reader.Integer;
        else if (reader.Type == TokenType.Float && reader.Float is >= 0 and <= MaxId && Math.Floor(reader.Float) == reader.Float) value = (long)reader.Float;
        else return false;
        return value >= 0;
    }
}
