using System.Text.Json;

namespace SocketIO.Json;

public sealed partial class PayloadSerializer
{
    /// <summary>A JSON object of the members, each written by the type that it has; bytes become attachments. In memory of its own.</summary>
    /// <param name="members">Names and values; no name twice.</param>
    public Payload SerializeMembers(IEnumerable<KeyValuePair<string, object?>> members) => Compose((Serializer: this, Members: members), static (writer, state) =>
    {
        writer.WriteStartObject();
        foreach (var member in state.Members)
        {
            writer.WritePropertyName(member.Key);
            state.Serializer.WriteValue(writer, member.Value);
        }

        writer.WriteEndObject();
    });

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

    /// <summary>A payload that a function writes; its bytes become attachments.</summary>
    internal Payload Compose<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var scratch = SerializationScratch.Take(this);
        var outer = AttachmentCollector.Enter(scratch.Attachments);
        try
        {
            write(scratch.Writer, state);
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
}
