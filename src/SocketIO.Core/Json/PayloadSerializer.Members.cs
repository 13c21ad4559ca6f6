using System.Text.Json;

namespace SocketIO.Json;

public sealed partial class PayloadSerializer
{
    /// <summary>A JSON object of the members, each written by the type that it has; bytes become attachments. In memory of its own.</summary>
    /// <param name="members">Names and values; no name twice.</param>
    public Payload SerializeMembers(IEnumerable<KeyValuePair<string, object?>> members)
    {
        var scratch = SerializationScratch.Take(this);
        var outer = AttachmentCollector.Enter(scratch.Attachments);
        try
        {
            var writer = scratch.Writer;
            writer.WriteStartObject();
            foreach (var member in members)
            {
                writer.WritePropertyName(member.Key);
                WriteValue(writer, member.Value);
            }

            writer.WriteEndObject();
        }
        catch
        {
            scratch.Return();
            throw;
        }
        finally
        {
            AttachmentCollector.Leave(outer);
        }

        return Finish(scratch);
    }

    /// <summary>The members of a JSON object, each as it stands there, with the attachments of the whole.</summary>
    /// <param name="payload">JSON.</param>
    /// <returns>Empty where the JSON is no object.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static IReadOnlyDictionary<string, Payload> DeserializeMembers(Payload payload)
    {
        var members = new Dictionary<string, Payload>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(payload.Json.Span, AnyDepth);
        if (payload.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartObject) return members;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            members[name] = new Payload(payload.Json[start..(int)reader.BytesConsumed], payload.Attachments);
        }

        return members;
    }
}
