using System.Text.Json;

namespace SocketIO.Client.Internal;

/// <summary>The data of a CONNECT: what a session is recovered with, then the credentials, whose members go before.</summary>
internal static class ConnectPayload
{
    /// <exception cref="ArgumentException">The credentials are no object.</exception>
    public static Payload Create(Payload auth, string? privateId, string? offset)
    {
        if (!auth.IsEmpty && auth.Json.Span[0] != (byte)'{') throw new ArgumentException("The credentials (auth) must be an object.");
        if (privateId is null) return auth;
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        using (var document = auth.IsEmpty ? null : JsonDocument.Parse(auth.Json))
        {
            writer.WriteStartObject();
            if (!Has("pid")) writer.WriteString("pid", privateId);
            if (offset is not null && !Has("offset")) writer.WriteString("offset", offset);
            if (document is not null)
            {
                foreach (var member in document.RootElement.EnumerateObject()) member.WriteTo(writer);
            }

            writer.WriteEndObject();

            bool Has(string name) => document is not null && document.RootElement.TryGetProperty(name, out _);
        }

        return new Payload(stream.ToArray());
    }

    /// <summary>The ids of a grant.</summary>
    /// <returns>False where there is no id: the server speaks another version.</returns>
    public static bool TryReadGrant(Payload data, out string id, out string? privateId)
    {
        id = "";
        privateId = null;
        if (data.IsEmpty) return false;
        var reader = new Utf8JsonReader(data.Json.Span);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isId = reader.ValueTextEquals("sid"u8);
                var isPrivateId = reader.ValueTextEquals("pid"u8);
                reader.Read();
                if (reader.TokenType == JsonTokenType.String && isId) id = reader.GetString()!;
                else if (reader.TokenType == JsonTokenType.String && isPrivateId) privateId = reader.GetString();
                else reader.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }

        return id.Length > 0;
    }

    /// <summary>What a refusal says: an object with a message and data, or in version 2 the data alone.</summary>
    public static (string Message, Payload Data) ReadRefusal(Payload refusal)
    {
        if (refusal.IsEmpty) return ("", default);
        using var document = JsonDocument.Parse(refusal.Json);
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.String) return (root.GetString()!, default);
        if (root.ValueKind != JsonValueKind.Object) return (root.GetRawText(), default);
        var message = root.TryGetProperty("message", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        var data = root.TryGetProperty("data", out var value) ? new Payload(System.Text.Encoding.UTF8.GetBytes(value.GetRawText()), refusal.Attachments) : default;
        return (message, data);
    }
}
