using SocketIO.Cluster;

namespace SocketIO.Redis.Classic;

/// <summary>The members of requests and answers that other adapters do not have, or not there.</summary>
internal readonly ref struct ClassicMembers
{
    /// <exception cref="System.Text.Json.JsonException">It is no JSON.</exception>
    public ClassicMembers(Payload payload, int maxDepth)
    {
        SenderId = "";
        var members = new MemberReader(payload.Json, maxDepth);
        while (members.MoveNext())
        {
            if (members.Is("type"u8)) Type = ClusterCodec.ReadInt(members.Value);
            else if (members.Is("uid"u8)) SenderId = ClusterCodec.ReadString(members.Value) ?? "";
            else if (members.Is("requestId"u8)) RequestId = ClusterCodec.ReadString(members.Value);
            else if (members.Is("data"u8)) Data = members.Value;
            else if (members.Is("rooms"u8)) Rooms = members.Value;
            else if (members.Is("sockets"u8)) HasSockets = members.Value.Span[0] == (byte)'[';
            else if (members.Is("sid"u8)) SocketId = ClusterCodec.ReadString(members.Value);
            else if (members.Is("room"u8)) Room = ClusterCodec.ReadString(members.Value);
            else if (members.Is("close"u8)) Close = members.Value.Span.SequenceEqual("true"u8);
        }
    }

    public int? Type { get; }

    public string SenderId { get; }

    public string? RequestId { get; }

    public ReadOnlyMemory<byte> Data { get; }

    public ReadOnlyMemory<byte> Rooms { get; }

    public bool HasSockets { get; }

    public string? SocketId { get; }

    public string? Room { get; }

    public bool Close { get; }
}
