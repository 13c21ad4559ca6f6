using System.Buffers;
using EngineIO;
using SocketIO.Json;
using SocketIO.MessagePack.Transcoding;
using SocketIO.MessagePack.Wire;
using SocketIO.Parsing;

namespace SocketIO.MessagePack;

public sealed partial class MessagePackPacketParser
{
    /// <inheritdoc/>
    /// <exception cref="System.Text.Json.JsonException">The packet's JSON is not valid.</exception>
    public EncodedPacket Encode(in Packet packet, IBufferWriter<byte> buffer)
    {
        var data = packet.Data.Json.Span.SequenceEqual("null"u8) ? default : packet.Data;
        var hasData = !data.IsEmpty || packet.Type is PacketType.Event or PacketType.Ack;
        using var map = new PooledBuffer();
        var writer = new TokenWriter(map);
        writer.WriteMapHead(2 + (hasData ? 1 : 0) + (packet.Id is null ? 0 : 1));

        // The order of the reference, which puts the id of an acknowledgement first.
        if (packet.Type == PacketType.Ack) WriteId(writer, packet.Id);
        writer.WriteString(Keys.Type);
        writer.Write((long)packet.Type);
        if (hasData)
        {
            writer.WriteString(Keys.Data);
            if (data.IsEmpty) writer.WriteArrayHead(0);
            else JsonToMessagePack.Write(data, map);
        }

        if (packet.Type != PacketType.Ack) WriteId(writer, packet.Id);
        writer.WriteString(Keys.Namespace);
        writer.WriteString(packet.Namespace);
        var frame = buffer.GetMemory(map.WrittenSpan.Length).Slice(0, map.WrittenSpan.Length);
        map.WrittenSpan.CopyTo(frame.Span);
        buffer.Advance(frame.Length);
        return new(EngineFrame.Binary(frame).Lend());
    }

    private static void WriteId(TokenWriter writer, long? id)
    {
        if (id is not { } value) return;
        writer.WriteString(Keys.Id);
        writer.Write(value);
    }
}
