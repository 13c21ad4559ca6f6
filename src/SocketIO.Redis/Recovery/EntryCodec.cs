using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using SocketIO.Cluster;
using SocketIO.MessagePack;
using StackExchange.Redis;

namespace SocketIO.Redis.Recovery;

/// <summary>Messages as entries of a stream: the fields <c>uid</c>, <c>nsp</c>, <c>type</c> and <c>data</c>, which is JSON, or MessagePack in base 64 where there are
/// bytes.</summary>
internal static class EntryCodec
{
    // Eight levels of message around data as deep as a client may send.
    public const int MaxDepth = 72;

    private static readonly RedisValue s_uid = "uid", s_nsp = "nsp", s_type = "type", s_data = "data";

    /// <summary>Writes a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="data">What it says: see <see cref="WriteData"/>.</param>
    public static NameValueEntry[] Write(ClusterMessage message, ReadOnlyMemory<byte> data)
    {
        NameValueEntry[] head =
        [
            new(s_uid, message.SenderId),
            new(s_nsp, message.Namespace),
            new(s_type, ((int)message.Type).ToString(CultureInfo.InvariantCulture)),
        ];
        return data.IsEmpty ? head : [.. head, new(s_data, data)];
    }

    public static ReadOnlyMemory<byte> WriteData(ClusterMessage message) => WriteValue(ClusterCodec.WriteData(message));

    /// <summary>Reads a message that may be of any server's making.</summary>
    public static bool TryRead(in StreamEntry entry, [NotNullWhen(true)] out ClusterMessage? message, [NotNullWhen(false)] out string? error)
    {
        message = null;
        error = "no namespace";
        if (NamespaceOf(entry) is not { } ns) return false;
        error = "no type";
        if (!int.TryParse((string?)entry[s_type], NumberStyles.None, CultureInfo.InvariantCulture, out var type)) return false;
        error = "no JSON, nor MessagePack in base 64";
        return TryReadValue(entry[s_data], out var data)
            && ClusterCodec.TryReadData(type, (string?)entry[s_uid] ?? "", ns, data, out message, out error);
    }

    /// <summary>Reads an entry that may be an event; null where it is none.</summary>
    public static BroadcastMessage? ReadEvent(StreamEntry entry) =>
        IsBroadcast(entry) && TryRead(entry, out var message, out _) ? message as BroadcastMessage : null;

    /// <summary>The namespace of an entry; null where it has none, and is no message.</summary>
    public static string? NamespaceOf(in StreamEntry entry) => (string?)entry[s_nsp] is { Length: > 0 } ns ? ns : null;

    public static bool IsBroadcast(in StreamEntry entry) => entry[s_type] == "3";

    public static bool IsFrom(in StreamEntry entry, string serverId) => entry[s_uid] == serverId;

    public static ReadOnlyMemory<byte> DataOf(in StreamEntry entry) => entry[s_data];

    public static ReadOnlyMemory<byte> WriteValue(Payload value) => value.HasAttachments ? WriteMessagePack(value) : value.Json;

    /// <summary>MessagePack, in base 64.</summary>
    public static byte[] WriteMessagePack(Payload value)
    {
        var bytes = new ArrayBufferWriter<byte>(value.Json.Length);
        MessagePackPayload.Write(value, bytes);
        var text = new byte[Base64.GetMaxEncodedToUtf8Length(bytes.WrittenCount)];
        Base64.EncodeToUtf8(bytes.WrittenSpan, text, out _, out _);
        return text;
    }

    /// <summary>Reads JSON, or MessagePack in base 64.</summary>
    public static bool TryReadValue(RedisValue text, out Payload value)
    {
        value = default;
        ReadOnlyMemory<byte> bytes = text;
        return bytes.IsEmpty || TryReadValue(bytes, out value);
    }

    private static bool TryReadValue(ReadOnlyMemory<byte> text, out Payload value)
    {
        value = new Payload(text);
        if (text.Span[0] == (byte)'{') return true;
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        return Base64.DecodeFromUtf8(text.Span, bytes, out _, out var length) == OperationStatus.Done
            && MessagePackPayload.TryRead(bytes.AsMemory(0, length), out value, MaxDepth);
    }
}
