using System.Text.Json;

namespace SocketIO.Cluster;

/// <summary>Reads what messages are made of. Null where it is of another kind than it must be.</summary>
internal static class RecordReader
{
    private const double MaxTimeout = int.MaxValue;
    private static readonly byte[] s_emptyObject = "{}"u8.ToArray();

    /// <summary>Reads <c>opts</c>. Emitters leave out what is empty.</summary>
    public static BroadcastOptions? ReadOptions(ReadOnlyMemory<byte> json, int maxDepth)
    {
        if (json.IsEmpty) return null;
        List<string>? rooms = [], except = [];
        ReadOnlyMemory<byte> flags = default;
        var members = new MemberReader(json, maxDepth);
        while (members.MoveNext())
        {
            if (members.Is("rooms"u8)) rooms = ReadTexts(members.Value);
            else if (members.Is("except"u8)) except = IsNull(members.Value) ? [] : ReadTexts(members.Value);
            else if (members.Is("flags"u8)) flags = members.Value;
        }

        if (!members.IsObject || rooms is null || except is null) return null;
        var (set, timeout) = ReadFlags(flags, maxDepth);
        return new BroadcastOptions(rooms, except, set, timeout);
    }

    /// <summary>Reads an array of strings. Rooms may be numbers in JavaScript.</summary>
    public static List<string>? ReadTexts(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty) return null;
        var reader = new Utf8JsonReader(json.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) return null;
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String) texts.Add(reader.GetString()!);
            else if (reader.TokenType == JsonTokenType.Number) texts.Add(Polyfills.Utf8ToString(reader.ValueSpan));
            else return null;
        }

        return texts;
    }

    /// <summary>Reads the sockets of a server.</summary>
    public static List<SocketRecord>? ReadSockets(ReadOnlyMemory<byte> json, ReadOnlyMemory<ReadOnlyMemory<byte>> attachments, int maxDepth)
    {
        if (json.IsEmpty) return null;
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = maxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) return null;
        var sockets = new List<SocketRecord>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (ReadSocket(json[start..(int)reader.BytesConsumed], attachments, maxDepth) is not { } socket) return null;
            sockets.Add(socket);
        }

        return sockets;
    }

    private static SocketRecord? ReadSocket(ReadOnlyMemory<byte> json, ReadOnlyMemory<ReadOnlyMemory<byte>> attachments, int maxDepth)
    {
        string? id = null;
        List<string>? rooms = [];
        ReadOnlyMemory<byte> handshake = s_emptyObject, data = s_emptyObject;
        var members = new MemberReader(json, maxDepth);
        while (members.MoveNext())
        {
            if (members.Is("id"u8)) id = ClusterCodec.ReadString(members.Value);
            else if (members.Is("rooms"u8)) rooms = ReadTexts(members.Value);
            else if (members.Is("handshake"u8) && IsObject(members.Value)) handshake = members.Value;
            else if (members.Is("data"u8) && IsObject(members.Value)) data = members.Value;
        }

        return id is null || rooms is null ? null : new SocketRecord(id, new Payload(handshake, attachments), rooms, new Payload(data, attachments));
    }

    private static (BroadcastFlags Flags, TimeSpan? Timeout) ReadFlags(ReadOnlyMemory<byte> json, int maxDepth)
    {
        var flags = BroadcastFlags.None;
        TimeSpan? timeout = null;
        if (json.IsEmpty) return (flags, timeout);
        var members = new MemberReader(json, maxDepth);
        while (members.MoveNext())
        {
            var value = members.Value.Span;
            if (members.Is("timeout"u8)) timeout = ReadTimeout(value);
            else if (members.Is("compress"u8)) flags |= value.SequenceEqual("false"u8) ? BroadcastFlags.NoCompression : 0;
            else if (!value.SequenceEqual("true"u8)) continue;
            else if (members.Is("volatile"u8)) flags |= BroadcastFlags.Volatile;
            else if (members.Is("local"u8)) flags |= BroadcastFlags.Local;
            else if (members.Is("expectSingleResponse"u8)) flags |= BroadcastFlags.ExpectSingleResponse;
        }

        return (flags, timeout);
    }

    private static TimeSpan? ReadTimeout(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var milliseconds)
            ? TimeSpan.FromMilliseconds(Math.Max(0, Math.Min(milliseconds, MaxTimeout)))
            : null;
    }

    private static bool IsNull(ReadOnlyMemory<byte> json) => json.Span.SequenceEqual("null"u8);

    private static bool IsObject(ReadOnlyMemory<byte> json) => json.Span[0] == (byte)'{';
}
