using System.Text.Json;

namespace SocketIO.AspNetCore.Recovery;

/// <summary>What a client says of the session that it wants back, in the auth payload of its CONNECT.</summary>
internal readonly record struct RecoveryRequest(string PrivateId, string? Offset)
{
    /// <summary>Reads a request; null where the payload is none. An offset that is no string is one that was never given out.</summary>
    public static RecoveryRequest? Read(Payload auth)
    {
        if (auth.IsEmpty) return null;
        try
        {
            var reader = new Utf8JsonReader(auth.Json.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
            string? privateId = null, offset = null;
            // Of equal names the last counts, as in JavaScript.
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isPrivateId = reader.ValueTextEquals("pid"u8);
                var isOffset = reader.ValueTextEquals("offset"u8);
                reader.Read();
                if (isPrivateId) privateId = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                else if (isOffset) offset = reader.TokenType switch { JsonTokenType.String => reader.GetString(), JsonTokenType.Null => null, _ => "" };
                reader.Skip();
            }

            return privateId is null ? null : new(privateId, offset);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Strings that are no Unicode, for example.
            return null;
        }
    }
}
