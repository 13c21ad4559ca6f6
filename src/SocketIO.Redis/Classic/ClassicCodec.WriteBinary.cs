using System.Buffers;
using SocketIO.Cluster;
using SocketIO.Json;
using SocketIO.MessagePack;
using SocketIO.MessagePack.Wire;
using SocketIO.Parsing;

namespace SocketIO.Redis.Classic;

// What is MessagePack: whatever goes to, or comes from, clients.
internal static partial class ClassicCodec
{
    /// <summary>Writes <c>[uid, packet, opts]</c>.</summary>
    /// <param name="broadcast">The broadcast.</param>
    /// <returns>It, in memory of its own.</returns>
    public static ReadOnlyMemory<byte> WriteBroadcast(BroadcastMessage broadcast)
    {
        using var buffer = new PooledBuffer();
        var writer = new TokenWriter(buffer);
        writer.WriteArrayHead(3);
        writer.WriteString(broadcast.SenderId);
        WritePacket(buffer, broadcast);
        WriteOptions(writer, broadcast.Options);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>How broadcasts of a server begin: its own come back to it, and need not be read.</summary>
    public static byte[] WriteBroadcastHead(string senderId)
    {
        using var buffer = new PooledBuffer();
        var writer = new TokenWriter(buffer);
        writer.WriteArrayHead(3);
        writer.WriteString(senderId);
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] WriteAcknowledged(BroadcastMessage broadcast)
    {
        using var buffer = new PooledBuffer();
        var writer = new TokenWriter(buffer);
        writer.WriteMapHead(5);
        writer.WriteString("uid"u8);
        writer.WriteString(broadcast.SenderId);
        writer.WriteString("requestId"u8);
        writer.WriteString(broadcast.RequestId!);
        writer.WriteString("type"u8);
        writer.Write((long)ClassicRequestType.Broadcast);
        writer.WriteString("packet"u8);
        WritePacket(buffer, broadcast);
        writer.WriteString("opts"u8);
        WriteOptions(writer, broadcast.Options);
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] WriteAck(BroadcastAckResponse ack)
    {
        using var buffer = new PooledBuffer();
        var writer = new TokenWriter(buffer);
        // As JavaScript leaves out what is undefined.
        writer.WriteMapHead(ack.Argument.IsEmpty ? 2 : 3);
        writer.WriteString("type"u8);
        writer.Write((long)ClassicRequestType.BroadcastAck);
        writer.WriteString("requestId"u8);
        writer.WriteString(ack.RequestId);
        if (!ack.Argument.IsEmpty)
        {
            writer.WriteString("packet"u8);
            MessagePackPayload.Write(ack.Argument, buffer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WritePacket(IBufferWriter<byte> buffer, BroadcastMessage broadcast)
    {
        var writer = new TokenWriter(buffer);
        writer.WriteMapHead(3);
        writer.WriteString("type"u8);
        writer.Write((long)PacketType.Event);
        writer.WriteString("data"u8);
        MessagePackPayload.Write(broadcast.Data, buffer);
        writer.WriteString("nsp"u8);
        writer.WriteString(broadcast.Namespace);
    }

    private static void WriteOptions(TokenWriter writer, BroadcastOptions options)
    {
        writer.WriteMapHead(3);
        WriteTexts(writer, "rooms"u8, options.Rooms);
        WriteTexts(writer, "except"u8, options.Except);
        writer.WriteString("flags"u8);
        writer.WriteMapHead(
            Count(options, BroadcastFlags.Volatile) + Count(options, BroadcastFlags.NoCompression) + Count(options, BroadcastFlags.ExpectSingleResponse)
            + (options.Timeout is null ? 0 : 1));
        WriteFlag(writer, options, BroadcastFlags.Volatile, "volatile"u8);
        WriteFlag(writer, options, BroadcastFlags.NoCompression, "compress"u8, value: false);
        WriteFlag(writer, options, BroadcastFlags.ExpectSingleResponse, "expectSingleResponse"u8);
        if (options.Timeout is not { } timeout) return;
        writer.WriteString("timeout"u8);
        writer.Write((long)Math.Ceiling(timeout.TotalMilliseconds));
    }

    private static int Count(BroadcastOptions options, BroadcastFlags flag) => options.Has(flag) ? 1 : 0;

    private static void WriteFlag(TokenWriter writer, BroadcastOptions options, BroadcastFlags flag, ReadOnlySpan<byte> name, bool value = true)
    {
        if (!options.Has(flag)) return;
        writer.WriteString(name);
        writer.Write(value);
    }

    private static void WriteTexts(TokenWriter writer, ReadOnlySpan<byte> name, IReadOnlyCollection<string> texts)
    {
        writer.WriteString(name);
        writer.WriteArrayHead(texts.Count);
        foreach (var text in texts) writer.WriteString(text);
    }
}
