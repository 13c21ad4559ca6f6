using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using SocketIO.Cluster;
using SocketIO.Json;
using SocketIO.MessagePack;

namespace SocketIO.Redis.Classic;

// Whatever comes in is answered with a result: the channels are open to whoever reaches Redis.
internal static partial class ClassicCodec
{
    /// <summary>Reads <c>[uid, packet, opts]</c>.</summary>
    /// <param name="message">What came.</param>
    /// <param name="broadcast">The broadcast, for the namespace that the packet names, or the main one.</param>
    /// <param name="error">What is wrong, without content.</param>
    public static bool TryReadBroadcast(
        ReadOnlyMemory<byte> message, [NotNullWhen(true)] out ClusterMessage? broadcast, [NotNullWhen(false)] out string? error)
    {
        broadcast = null;
        error = "no MessagePack";
        if (!MessagePackPayload.TryRead(message, out var payload, MaxDepth)) return false;
        error = "no broadcast";
        var reader = new Utf8JsonReader(payload.Json.Span, PayloadSerializer.AnyDepth);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) return false;
        var (senderId, packet, options) = (ReadNext(ref reader, payload.Json), ReadNext(ref reader, payload.Json), ReadNext(ref reader, payload.Json));
        if (options.IsEmpty) return false;
        var members = MessageMembers.OfBroadcast(packet, options, payload.Attachments, MaxDepth);
        broadcast = members.ToMessage(ClusterMessageType.Broadcast, ReadText(senderId) ?? "", ReadNamespace(packet));
        return broadcast is not null;
    }

    /// <summary>Reads a request.</summary>
    /// <param name="message">What came.</param>
    /// <param name="ns">The namespace of its channel.</param>
    /// <param name="request">The request; a <see cref="ClassicRequest"/> where other adapters have none like it.</param>
    /// <param name="error">What is wrong, without content.</param>
    public static bool TryReadRequest(
        ReadOnlyMemory<byte> message, string ns, [NotNullWhen(true)] out ClusterMessage? request, [NotNullWhen(false)] out string? error)
    {
        request = null;
        try
        {
            error = NoFormat;
            if (!TryReadPayload(message, out var payload)) return false;
            var members = new ClassicMembers(payload, MaxDepth);
            error = "unknown type of request";
            if (ToRequestType(members.Type) is not { } type) return false;
            error = $"malformed request of type {(int)type}";
            request = ToRequest(type, members, payload, ns);
            return request is not null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            error = "no JSON";
            return false;
        }
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="message">What came.</param>
    /// <param name="ns">The namespace of its channel.</param>
    /// <param name="response">The answer; a <see cref="ClassicResponse"/> where other adapters have none like it.</param>
    /// <param name="error">What is wrong, without content.</param>
    public static bool TryReadResponse(
        ReadOnlyMemory<byte> message, string ns, [NotNullWhen(true)] out ClusterResponse? response, [NotNullWhen(false)] out string? error)
    {
        response = null;
        try
        {
            error = NoFormat;
            if (!TryReadPayload(message, out var payload)) return false;
            var members = new ClassicMembers(payload, MaxDepth);
            error = "malformed answer";
            if (members.RequestId is null) return false;
            response = ToResponse(members, payload, ns);
            return response is not null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            error = "no JSON";
            return false;
        }
    }

    // Requests have the same members as those of other adapters, without an envelope.
    private static ClusterMessage? ToRequest(ClassicRequestType type, in ClassicMembers members, Payload payload, string ns)
    {
        ClusterMessage? Shared(ClusterMessageType shared, string senderId) =>
            MessageMembers.TryRead(payload, MaxDepth, out var found) ? found.ToMessage(shared, senderId, ns) : null;

        return type switch
        {
            ClassicRequestType.Sockets or ClassicRequestType.AllRooms when members.RequestId is not null =>
                new ClassicRequest(type, members.SenderId, ns, members.RequestId) { Rooms = RecordReader.ReadTexts(members.Rooms) ?? [] },
            ClassicRequestType.RemoteJoin or ClassicRequestType.RemoteLeave or ClassicRequestType.RemoteDisconnect when members.SocketId is not null =>
                new ClassicRequest(type, members.SenderId, ns, members.RequestId)
                {
                    SocketId = members.SocketId,
                    Room = members.Room,
                    Close = members.Close,
                },
            ClassicRequestType.RemoteJoin => Shared(ClusterMessageType.SocketsJoin, members.SenderId),
            ClassicRequestType.RemoteLeave => Shared(ClusterMessageType.SocketsLeave, members.SenderId),
            ClassicRequestType.RemoteDisconnect => Shared(ClusterMessageType.DisconnectSockets, members.SenderId),
            ClassicRequestType.RemoteFetch => Shared(ClusterMessageType.FetchSockets, members.SenderId),
            ClassicRequestType.ServerSideEmit when MessageMembers.IsEvent(members.Data) =>
                new ServerSideEmitMessage(members.SenderId, ns, new Payload(members.Data, payload.Attachments), members.RequestId),
            ClassicRequestType.Broadcast when members.RequestId is not null => Shared(ClusterMessageType.Broadcast, members.SenderId),
            _ => null,
        };
    }

    private static ClusterResponse? ToResponse(in ClassicMembers members, Payload payload, string ns)
    {
        ClusterResponse? Shared(ClusterMessageType shared, string senderId) =>
            MessageMembers.TryRead(payload, MaxDepth, out var found) ? found.ToMessage(shared, senderId, ns) as ClusterResponse : null;

        return ToRequestType(members.Type) switch
        {
            ClassicRequestType.BroadcastClientCount => Shared(ClusterMessageType.BroadcastClientCount, members.SenderId),
            ClassicRequestType.BroadcastAck => Shared(ClusterMessageType.BroadcastAck, members.SenderId),
            ClassicRequestType.ServerSideEmit => new ServerSideEmitResponse(
                members.SenderId, ns, members.RequestId!, members.Data.IsEmpty ? default : new Payload(members.Data, payload.Attachments)),
            _ when RecordReader.ReadTexts(members.Rooms) is { } rooms =>
                new ClassicResponse(ClassicRequestType.AllRooms, members.SenderId, ns, members.RequestId!, rooms),
            _ when members.HasSockets => Shared(ClusterMessageType.FetchSocketsResponse, members.SenderId),
            _ => new ClassicResponse(ClassicRequestType.RemoteFetch, members.SenderId, ns, members.RequestId!, []),
        };
    }

    private static string ReadNamespace(ReadOnlyMemory<byte> packet)
    {
        var members = new MemberReader(packet, MaxDepth);
        var ns = SocketProtocol.MainNamespace;
        while (members.MoveNext())
        {
            if (members.Is("nsp"u8)) ns = ReadText(members.Value) ?? "";
        }

        return ns;
    }

    private static string? ReadText(ReadOnlyMemory<byte> json) => json.IsEmpty ? null : ClusterCodec.ReadString(json);

    /// <summary>The next element of an array; empty behind the last.</summary>
    private static ReadOnlyMemory<byte> ReadNext(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        if (!reader.Read() || reader.TokenType == JsonTokenType.EndArray) return default;
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }
}
