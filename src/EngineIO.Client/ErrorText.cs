using System.Text;
using System.Text.Json;

namespace EngineIO.Client;

/// <summary>An error as the reference's debug lines show it, as JSON; becomes text only where a line is written.</summary>
internal readonly struct ErrorText(EngineClientException error)
{
    public override string ToString()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("message", error.Message);
            if (error.StatusCode is { } status) writer.WriteNumber("description", status);
            else if (error.InnerException is { } cause) writer.WriteString("description", cause.Message);
            writer.WriteString("type", "TransportError");
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
