using System.Text.Json;
using SocketIO.Cluster;
using SocketIO.Json;

namespace SocketIO.Redis.Classic;

// What is JSON: members in the official order. Answers name the server, too, which the reference ignores: silent servers can be told from the others.
internal static partial class ClassicCodec
{
    /// <summary>Writes a request.</summary>
    /// <param name="message">What other adapters call it.</param>
    /// <returns>It, in memory of its own.</returns>
    public static ReadOnlyMemory<byte> WriteRequest(ClusterMessage message) => message switch
    {
        BroadcastMessage broadcast => WriteAcknowledged(broadcast),
        _ => WriteJson(message, WriteRequest),
    };

    /// <summary>Writes an answer.</summary>
    /// <param name="response">The answer.</param>
    /// <returns>It, in memory of its own.</returns>
    public static ReadOnlyMemory<byte> WriteResponse(ClusterResponse response) => response switch
    {
        BroadcastAckResponse ack => WriteAck(ack),
        _ => WriteJson(response, WriteResponse),
    };

    private static void WriteRequest(Utf8JsonWriter writer, ClusterMessage message)
    {
        writer.WriteStartObject();
        // The official emitter names itself in events for servers only.
        if (message.SenderId.Length > 0 && (message.SenderId != ClusterMessage.Emitter || message is ServerSideEmitMessage))
            writer.WriteString("uid"u8, message.SenderId);
        switch (message)
        {
            case RoomsMessage change:
                var isJoin = change.Type == ClusterMessageType.SocketsJoin;
                WriteType(writer, isJoin ? ClassicRequestType.RemoteJoin : ClassicRequestType.RemoteLeave);
                WriteOptions(writer, change.Options);
                WriteTexts(writer, "rooms"u8, change.Rooms);
                break;
            case DisconnectSocketsMessage disconnect:
                WriteType(writer, ClassicRequestType.RemoteDisconnect);
                WriteOptions(writer, disconnect.Options);
                writer.WriteBoolean("close"u8, disconnect.Close);
                break;
            case FetchSocketsMessage fetch:
                writer.WriteString("requestId"u8, fetch.RequestId);
                WriteType(writer, ClassicRequestType.RemoteFetch);
                WriteOptions(writer, fetch.Options);
                if (fetch.CountOnly) writer.WriteString("only"u8, "count"u8);
                break;
            case ServerSideEmitMessage emit:
                if (emit.RequestId is not null) writer.WriteString("requestId"u8, emit.RequestId);
                WriteType(writer, ClassicRequestType.ServerSideEmit);
                writer.WritePropertyName("data"u8);
                PayloadConverter.Write(writer, emit.Data);
                break;
            case ClassicRequest request:
                writer.WriteString("requestId"u8, request.RequestId);
                WriteType(writer, request.Request);
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteResponse(Utf8JsonWriter writer, ClusterResponse response)
    {
        writer.WriteStartObject();
        switch (response)
        {
            case ServerSideEmitResponse answer:
                WriteType(writer, ClassicRequestType.ServerSideEmit);
                writer.WriteString("requestId"u8, answer.RequestId);
                if (answer.Answer.IsEmpty) break;
                writer.WritePropertyName("data"u8);
                PayloadConverter.Write(writer, answer.Answer);
                break;
            case ClassicResponse found:
                writer.WriteString("requestId"u8, found.RequestId);
                if (found.Request == ClassicRequestType.Sockets) WriteTexts(writer, "sockets"u8, found.Found);
                if (found.Request == ClassicRequestType.AllRooms) WriteTexts(writer, "rooms"u8, found.Found);
                break;
            default:
                if (response is ClientCountResponse) WriteType(writer, ClassicRequestType.BroadcastClientCount);
                // The members that other adapters' answers have.
                ClusterCodec.WriteMembers(writer, response);
                break;
        }

        writer.WriteString("uid"u8, response.SenderId);
        writer.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter writer, ClassicRequestType type) => writer.WriteNumber("type"u8, (int)type);

    private static void WriteOptions(Utf8JsonWriter writer, BroadcastOptions options)
    {
        writer.WriteStartObject("opts"u8);
        WriteTexts(writer, "rooms"u8, options.Rooms);
        WriteTexts(writer, "except"u8, options.Except);
        writer.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static ReadOnlyMemory<byte> WriteJson<TState>(TState state, Action<Utf8JsonWriter, TState> write) =>
        BufferJson.Inline(PayloadSerializer.Default.Compose(state, write));
}
