using System.Text;
using System.Text.Json;

namespace EngineIO.Client;

/// <summary>The options of a transport as the reference's debug lines show them, as JSON, without headers, certificates and other secrets.</summary>
internal readonly struct OptionsText(SessionSettings settings, string transport)
{
    public override string ToString()
    {
        var options = settings.Options;
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("path", options.Path);
            writer.WriteBoolean("withCredentials", options.WithCredentials);
            writer.WriteBoolean("upgrade", options.Upgrade);
            writer.WriteString("timestampParam", options.TimestampParam);
            writer.WriteBoolean("rememberUpgrade", options.RememberUpgrade);
            writer.WriteBoolean("addTrailingSlash", options.AddTrailingSlash);
            writer.WriteBoolean("rejectUnauthorized", !options.DangerousAcceptAnyServerCertificate);
            writer.WriteStartObject("query");
            foreach (var parameter in options.Query) writer.WriteString(parameter.Key, parameter.Value);
            writer.WriteString("EIO", ((int)settings.Revision).ToString(null, null));
            writer.WriteString("transport", transport);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
