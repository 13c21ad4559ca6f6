using System.Buffers;
using System.Text;
using System.Text.Json;
using EngineIO.AspNetCore;
using SocketIO.Json;

namespace SocketIO.AspNetCore.Adapters;

/// <summary>Handshakes as the servers of a cluster, of whatever make, describe them to one another. In reading, what is missing or of another kind than expected is left at
/// its default.</summary>
internal static class HandshakeRecord
{
    // Its auth is as deep as a client may send already.
    private static readonly JsonDocumentOptions s_anyDepth = new() { MaxDepth = int.MaxValue };

    private static readonly double s_maxMilliseconds = (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).TotalMilliseconds - 1;

    public static Payload Write(Handshake handshake, PayloadSerializer serializer)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = serializer.Options.Encoder }))
        {
            writer.WriteStartObject();
            WriteTexts(writer, "headers", handshake.Headers);
            writer.WriteString("time", handshake.Time);
            writer.WriteString("address", handshake.Address);
            writer.WriteBoolean("xdomain", handshake.XDomain);
            writer.WriteBoolean("secure", handshake.Secure);
            writer.WriteNumber("issued", handshake.Issued);
            writer.WriteString("url", handshake.Url);
            WriteTexts(writer, "query", handshake.Query);
            writer.WritePropertyName("auth");
            writer.WriteRawValue(handshake.RawAuth.Span);
            writer.WriteEndObject();
        }

        return new Payload(buffer.WrittenMemory);
    }

    /// <param name="record">A JSON object.</param>
    /// <param name="serializer">What the auth payload is read with.</param>
    public static Handshake Read(Payload record, PayloadSerializer serializer)
    {
        using var document = JsonDocument.Parse(record.Json, s_anyDepth);
        var root = document.RootElement;
        var issued = Member(root, "issued", JsonValueKind.Number)?.GetDouble() ?? 0;
        var issuedAt = DateTimeOffset.UnixEpoch.AddMilliseconds(Math.Clamp(issued, 0, s_maxMilliseconds));
        var request = new EngineHandshake(
            ReadTexts(root, "headers", StringComparer.OrdinalIgnoreCase, static values => string.Join(", ", values)),
            ReadTexts(root, "query", StringComparer.Ordinal, static values => values[^1]),
            Member(root, "url", JsonValueKind.String)?.GetString() ?? "",
            Member(root, "address", JsonValueKind.String)?.GetString(),
            Member(root, "secure", JsonValueKind.True) is not null,
            issuedAt);
        var auth = Member(root, "auth", JsonValueKind.Object) is { } element ? new Payload(Encoding.UTF8.GetBytes(element.GetRawText())) : default;
        return new Handshake(request, auth, serializer, issuedAt);
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, string> texts)
    {
        writer.WriteStartObject(name);
        foreach (var (key, value) in texts) writer.WriteString(key, value);
        writer.WriteEndObject();
    }

    private static Dictionary<string, string> ReadTexts(JsonElement root, string name, StringComparer comparer, Func<string[], string> merge)
    {
        var texts = new Dictionary<string, string>(comparer);
        if (Member(root, name, JsonValueKind.Object) is not { } members) return texts;
        foreach (var member in members.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.String) texts[member.Name] = member.Value.GetString()!;
            else if (member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() > 0)
                texts[member.Name] = merge([.. member.Value.EnumerateArray().Select(static value => value.ToString())]);
        }

        return texts;
    }

    private static JsonElement? Member(JsonElement root, string name, JsonValueKind kind) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var member) && member.ValueKind == kind ? member : null;
}
