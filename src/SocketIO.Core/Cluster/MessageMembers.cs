using System.Text.Json;
using SocketIO.Parsing;

namespace SocketIO.Cluster;

/// <summary>The members that the <c>data</c> of a message may have, found but not yet read.</summary>
internal ref struct MessageMembers
{
    private int _maxDepth;
    private ReadOnlyMemory<ReadOnlyMemory<byte>> _attachments;
    private ReadOnlyMemory<byte> _packet;
    private ReadOnlyMemory<byte> _options;
    private ReadOnlyMemory<byte> _rooms;
    private ReadOnlyMemory<byte> _close;
    private ReadOnlyMemory<byte> _sockets;
    private ReadOnlyMemory<byte> _clientCount;
    private ReadOnlyMemory<byte> _count;
    private ReadOnlyMemory<byte> _only;
    private string? _requestId;

    /// <returns>False where it is no object.</returns>
    public static bool TryRead(Payload data, int maxDepth, out MessageMembers found)
    {
        found = new() { _maxDepth = maxDepth, _attachments = data.Attachments };
        if (data.IsEmpty) return false;
        var members = new MemberReader(data.Json, maxDepth);
        while (members.MoveNext())
        {
            if (members.Is("packet"u8)) found._packet = members.Value;
            else if (members.Is("opts"u8)) found._options = members.Value;
            else if (members.Is("requestId"u8)) found._requestId = ClusterCodec.ReadString(members.Value);
            else if (members.Is("rooms"u8)) found._rooms = members.Value;
            else if (members.Is("close"u8)) found._close = members.Value;
            else if (members.Is("sockets"u8)) found._sockets = members.Value;
            else if (members.Is("clientCount"u8)) found._clientCount = members.Value;
            else if (members.Is("count"u8)) found._count = members.Value;
            else if (members.Is("only"u8)) found._only = members.Value;
        }

        return members.IsObject;
    }

    /// <summary>The members of a broadcast that stand apart.</summary>
    public static MessageMembers OfBroadcast(
        ReadOnlyMemory<byte> packet, ReadOnlyMemory<byte> options, ReadOnlyMemory<ReadOnlyMemory<byte>> attachments, int maxDepth) =>
        new() { _maxDepth = maxDepth, _packet = packet, _options = options, _attachments = attachments };

    /// <returns>Null where a member is missing or of another kind than it must be.</returns>
    public readonly ClusterMessage? ToMessage(ClusterMessageType type, string senderId, string ns)
    {
        switch (type)
        {
            case ClusterMessageType.Broadcast:
                return ReadOptions() is { } reached && TryReadPacket(out var data, out var packetId)
                    ? new BroadcastMessage(senderId, ns, data, reached, _requestId, packetId)
                    : null;
            case ClusterMessageType.SocketsJoin or ClusterMessageType.SocketsLeave:
                return ReadOptions() is { } changed && RecordReader.ReadTexts(_rooms) is { } rooms
                    ? new RoomsMessage(type, senderId, ns, changed, rooms)
                    : null;
            case ClusterMessageType.DisconnectSockets:
                return ReadOptions() is { } ended ? new DisconnectSocketsMessage(senderId, ns, ended, IsTrue(_close)) : null;
            case ClusterMessageType.FetchSockets:
                return ReadOptions() is { } fetched && _requestId is not null
                    ? new FetchSocketsMessage(senderId, ns, fetched, _requestId, _only.Span.SequenceEqual("\"count\""u8))
                    : null;
            case ClusterMessageType.ServerSideEmit:
                return IsEvent(_packet) ? new ServerSideEmitMessage(senderId, ns, ToPayload(_packet), _requestId) : null;
            default:
                return _requestId is null ? null : ToResponse(type, senderId, ns, _requestId);
        }
    }

    private readonly ClusterResponse? ToResponse(ClusterMessageType type, string senderId, string ns, string requestId) => type switch
    {
        ClusterMessageType.FetchSocketsResponse when RecordReader.ReadSockets(_sockets, _attachments, _maxDepth) is { } sockets =>
            new FetchSocketsResponse(senderId, ns, requestId, sockets, ClusterCodec.ReadInt(_count) is >= 0 and var count ? count : null),
        ClusterMessageType.ServerSideEmitResponse => new ServerSideEmitResponse(senderId, ns, requestId, ToPayload(_packet)),
        ClusterMessageType.BroadcastClientCount when ClusterCodec.ReadInt(_clientCount) is { } count and >= 0 =>
            new ClientCountResponse(senderId, ns, requestId, count),
        ClusterMessageType.BroadcastAck => new BroadcastAckResponse(senderId, ns, requestId, ToPayload(_packet)),
        _ => null,
    };

    private readonly BroadcastOptions? ReadOptions() => RecordReader.ReadOptions(_options, _maxDepth);

    private readonly bool TryReadPacket(out Payload data, out long? id)
    {
        data = default;
        id = null;
        var type = PacketType.Event;
        if (_packet.IsEmpty) return false;
        var members = new MemberReader(_packet, _maxDepth);
        while (members.MoveNext())
        {
            if (members.Is("type"u8)) type = (PacketType)(ClusterCodec.ReadInt(members.Value) ?? -1);
            else if (members.Is("data"u8)) data = ToPayload(members.Value);
            else if (members.Is("id"u8)) id = ClusterCodec.ReadLong(members.Value);
        }

        // Old emitters say that an event is a binary one. A negative id would be no packet to the clients.
        return type is PacketType.Event or PacketType.BinaryEvent && id is null or >= 0 && IsEvent(data.Json);
    }

    private readonly Payload ToPayload(ReadOnlyMemory<byte> json) => json.IsEmpty ? default : new Payload(json, _attachments);

    private static bool IsTrue(ReadOnlyMemory<byte> json) => json.Span.SequenceEqual("true"u8);

    internal static bool IsEvent(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty) return false;
        var reader = new Utf8JsonReader(json.Span, Json.PayloadSerializer.AnyDepth);
        return reader.Read() && reader.TokenType == JsonTokenType.StartArray
            && reader.Read() && reader.TokenType is JsonTokenType.String or JsonTokenType.Number;
    }
}
