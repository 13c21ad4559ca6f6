using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace SocketIO.AspNetCore.Internal;

/// <summary>The namespace of a Socket.IO 2.x packet, which may carry a query in place of an auth payload (SIO4-02).</summary>
internal static class V2Namespace
{
    /// <summary>The namespace without its query.</summary>
    public static string NameOf(string text)
    {
        var query = text.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? text : text[..query];
    }

    /// <summary>The query as a JSON object of strings; of several equal keys the last one counts.</summary>
    public static Payload AuthOf(string text)
    {
        var query = text.IndexOf('?', StringComparison.Ordinal);
        if (query < 0) return default;
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in new QueryStringEnumerable(text.AsMemory(query)))
            pairs[pair.DecodeName().ToString()] = pair.DecodeValue().ToString();

        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in pairs) writer.WriteString(name, value);
            writer.WriteEndObject();
        }

        return new Payload(json.WrittenMemory);
    }
}
