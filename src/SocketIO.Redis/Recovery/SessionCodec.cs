using System.Text.Json;
using SocketIO.AspNetCore.Recovery;
using SocketIO.Json;
using StackExchange.Redis;

namespace SocketIO.Redis.Recovery;

/// <summary>Sessions as the official adapter stores them: MessagePack in base 64, a map of <c>sid</c>, <c>pid</c>, <c>rooms</c> and <c>data</c>. What is behind these, Node.js
/// servers ignore: the namespace, for which alone the session is good, and where in the stream it began and ended.</summary>
internal static class SessionCodec
{
    /// <summary>Writes a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="ns">Its namespace.</param>
    /// <param name="serializer">Writes its data.</param>
    /// <param name="closed">Up to where it has been sent all that was for it; null where unknown.</param>
    /// <param name="unsure">An event that may have been sent to it without its offset; null for none.</param>
    public static byte[] Write(RecoverableSession session, string ns, PayloadSerializer serializer, StreamOffset? closed, StreamOffset? unsure = null)
    {
        List<KeyValuePair<string, object?>> members =
        [
            new("sid", session.Id),
            new("pid", session.PrivateId),
            new("rooms", PayloadSerializer.Default.SerializeArguments([.. session.Rooms])),
            new("data", serializer.SerializeMembers(session.Data)),
            new("nsp", ns),
        ];
        if (closed is { } end && StreamOffset.TryParse(session.GrantedAt, out var granted))
        {
            members.Add(new("granted", granted.ToString()));
            members.Add(new("closed", end.ToString()));
            StreamOffset? sent = StreamOffset.TryParse(session.LastSent, out var last) ? last : null;
            if (unsure > granted) sent = StreamOffset.Max(unsure.Value, last);
            if (sent is not null) members.Add(new("sent", sent.ToString()));
        }

        return EntryCodec.WriteMessagePack(PayloadSerializer.Default.SerializeMembers(members));
    }

    /// <summary>Reads a session; null where it is none.</summary>
    public static StoredSession? TryRead(RedisValue text)
    {
        try
        {
            if (!EntryCodec.TryReadValue(text, out var value)) return null;
            var members = PayloadSerializer.DeserializeMembers(value);
            if (Text("sid") is not { } id || Text("pid") is not { } privateId || !members.TryGetValue("rooms", out var rooms)) return null;
            var data = members.TryGetValue("data", out var stored) ? ReadData(stored) : [];
            var session = new RecoverableSession(id, privateId, ReadRooms(rooms.Json.Span), data) { GrantedAt = Text("granted"), LastSent = Text("sent") };
            return new(session, Text("nsp"), Offset("granted"), Offset("sent"), Offset("closed"));

            string? Text(string name) => members.TryGetValue(name, out var member) ? ReadString(member.Json.Span) : null;

            StreamOffset? Offset(string name) => StreamOffset.TryParse(Text(name), out var offset) ? offset : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // As the socket's handlers would have set it: text, numbers and booleans as such, all else as it was written.
    private static Dictionary<string, object?> ReadData(Payload data) =>
        PayloadSerializer.DeserializeMembers(data).ToDictionary(static member => member.Key, static member => ReadValue(member.Value), StringComparer.Ordinal);

    private static object? ReadValue(Payload value)
    {
        var reader = new Utf8JsonReader(value.Json.Span);
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number when reader.TryGetInt32(out var small) => small,
            JsonTokenType.Number when reader.TryGetInt64(out var large) => large,
            JsonTokenType.Number => reader.GetDouble(),
            _ => value,
        };
    }

    private static List<string> ReadRooms(ReadOnlySpan<byte> json)
    {
        var rooms = new List<string>();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        // Rooms may be numbers in JavaScript.
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            rooms.Add(reader.TokenType == JsonTokenType.Number ? System.Text.Encoding.UTF8.GetString(reader.ValueSpan) : reader.GetString() ?? "");
        return rooms;
    }

    private static string? ReadString(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }
}
