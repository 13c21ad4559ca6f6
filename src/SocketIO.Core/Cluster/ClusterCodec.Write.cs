using System.Text.Json;
using SocketIO.Json;

namespace SocketIO.Cluster;

public static partial class ClusterCodec
{
    /// <summary>Writes a message.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Its envelope, in memory of its own.</returns>
    public static Payload Write(ClusterMessage message) => PayloadSerializer.Default.Compose(message, static (writer, message) =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("type"u8, (int)message.Type);
        if (message is not SignalMessage)
        {
            writer.WritePropertyName("data"u8);
            WriteData(writer, message);
        }

        writer.WriteString("uid"u8, message.SenderId);
        writer.WriteString("nsp"u8, message.Namespace);
        writer.WriteEndObject();
    });

    /// <summary>Writes what a message says, without its envelope.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Its <c>data</c>, in memory of its own; empty where it has none.</returns>
    public static Payload WriteData(ClusterMessage message) =>
        message is SignalMessage ? default : PayloadSerializer.Default.Compose(message, WriteData);

    private static void WriteData(Utf8JsonWriter writer, ClusterMessage message)
    {
        writer.WriteStartObject();
        switch (message)
        {
            case BroadcastMessage broadcast:
                writer.WriteStartObject("packet"u8);
                writer.WriteNumber("type"u8, (int)Parsing.PacketType.Event);
                WriteValue(writer, "data"u8, broadcast.Data);
                if (broadcast.PacketId is { } id) writer.WriteNumber("id"u8, id);
                // As the official emitters have it.
                if (broadcast.SenderId == ClusterMessage.Emitter) writer.WriteString("nsp"u8, broadcast.Namespace);
                writer.WriteEndObject();
                WriteRequestId(writer, broadcast.RequestId);
                WriteOptions(writer, broadcast.Options);
                break;
            case RoomsMessage change:
                WriteOptions(writer, change.Options);
                WriteRooms(writer, "rooms"u8, change.Rooms);
                break;
            case DisconnectSocketsMessage disconnect:
                WriteOptions(writer, disconnect.Options);
                writer.WriteBoolean("close"u8, disconnect.Close);
                break;
            case FetchSocketsMessage fetch:
                WriteOptions(writer, fetch.Options);
                WriteRequestId(writer, fetch.RequestId);
                if (fetch.CountOnly) writer.WriteString("only"u8, "count"u8);
                break;
            case ServerSideEmitMessage emit:
                WriteRequestId(writer, emit.RequestId);
                WriteValue(writer, "packet"u8, emit.Data);
                break;
            case ClusterResponse response:
                WriteMembers(writer, response);
                break;
        }

        writer.WriteEndObject();
    }

    internal static void WriteMembers(Utf8JsonWriter writer, ClusterResponse response)
    {
        WriteRequestId(writer, response.RequestId);
        switch (response)
        {
            case FetchSocketsResponse fetched:
                writer.WriteStartArray("sockets"u8);
                foreach (var socket in fetched.Sockets) WriteSocket(writer, socket);
                writer.WriteEndArray();
                if (fetched.Count != fetched.Sockets.Count) writer.WriteNumber("count"u8, fetched.Count);
                break;
            case ServerSideEmitResponse answer:
                WriteValue(writer, "packet"u8, answer.Answer);
                break;
            case ClientCountResponse count:
                writer.WriteNumber("clientCount"u8, count.ClientCount);
                break;
            case BroadcastAckResponse ack:
                WriteValue(writer, "packet"u8, ack.Argument);
                break;
        }
    }

    private static void WriteSocket(Utf8JsonWriter writer, SocketRecord socket)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, socket.Id);
        WriteValue(writer, "handshake"u8, socket.Handshake);
        WriteRooms(writer, "rooms"u8, socket.Rooms);
        WriteValue(writer, "data"u8, socket.Data);
        writer.WriteEndObject();
    }

    private static void WriteOptions(Utf8JsonWriter writer, BroadcastOptions options)
    {
        writer.WriteStartObject("opts"u8);
        WriteRooms(writer, "rooms"u8, options.Rooms);
        WriteRooms(writer, "except"u8, options.Except);
        writer.WriteStartObject("flags"u8);
        if (options.Has(BroadcastFlags.Volatile)) writer.WriteBoolean("volatile"u8, true);
        if (options.Has(BroadcastFlags.NoCompression)) writer.WriteBoolean("compress"u8, false);
        if (options.Has(BroadcastFlags.Local)) writer.WriteBoolean("local"u8, true);
        if (options.Has(BroadcastFlags.ExpectSingleResponse)) writer.WriteBoolean("expectSingleResponse"u8, true);
        if (options.Timeout is { } timeout) writer.WriteNumber("timeout"u8, (long)Math.Ceiling(timeout.TotalMilliseconds));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteRooms(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyCollection<string> rooms)
    {
        writer.WriteStartArray(name);
        foreach (var room in rooms) writer.WriteStringValue(room);
        writer.WriteEndArray();
    }

    private static void WriteRequestId(Utf8JsonWriter writer, string? requestId)
    {
        if (requestId is not null) writer.WriteString("requestId"u8, requestId);
    }

    // As JavaScript leaves out what is undefined.
    private static void WriteValue(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Payload value)
    {
        if (value.IsEmpty) return;
        writer.WritePropertyName(name);
        PayloadConverter.Write(writer, value);
    }
}
