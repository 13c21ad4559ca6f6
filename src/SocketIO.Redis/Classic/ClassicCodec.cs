using SocketIO.Cluster;
using SocketIO.MessagePack;
using SocketIO.Parsing;

namespace SocketIO.Redis.Classic;

/// <summary>Writes messages as <c>@socket.io/redis-adapter</c> does, and reads its: a MessagePack array for a broadcast, one JSON object or MessagePack map for a request or an
/// answer. All methods are thread-safe.</summary>
internal static partial class ClassicCodec
{
    /// <summary>The type of messages that other adapters do not have.</summary>
    public const ClusterMessageType OfItsOwn = (ClusterMessageType)(-1);

    // Eight levels of envelope around data as deep as a client may send.
    private const int MaxDepth = 72;
    private const string NoFormat = "neither JSON nor MessagePack";

    /// <summary>Tells the two formats apart as the reference does, by the first byte.</summary>
    private static bool TryReadPayload(ReadOnlyMemory<byte> message, out Payload payload)
    {
        payload = default;
        if (message.IsEmpty) return false;
        if (message.Span[0] != (byte)'{') return MessagePackPayload.TryRead(message, out payload, MaxDepth);
        if (!Polyfills.IsUtf8(message.Span)) return false;
        payload = new Payload(SurrogateRepair.Repair(message));
        return true;
    }

    private static ClassicRequestType? ToRequestType(int? value) =>
        value is >= (int)ClassicRequestType.Sockets and <= (int)ClassicRequestType.BroadcastAck ? (ClassicRequestType)value : null;
}
