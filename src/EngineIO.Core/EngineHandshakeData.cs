using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EngineIO;

/// <summary>What the open packet tells the client, the same in both revisions.</summary>
/// <param name="sid">The id of the session.</param>
/// <param name="upgrades">The transports that the client may upgrade to.</param>
/// <param name="pingInterval">The time between two pings.</param>
/// <param name="pingTimeout">How long the answer to a ping may take.</param>
/// <param name="maxPayload">The most bytes that the server takes in one message or polling request; null where it does not tell.</param>
public sealed class EngineHandshakeData(
    string sid,
    IReadOnlyList<string> upgrades,
    TimeSpan pingInterval,
    TimeSpan pingTimeout,
    long? maxPayload = null)
{
    private static readonly JsonWriterOptions s_writerOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The id of the session; a secret between the client and the server.</summary>
    public string Sid { get; } = sid;

    /// <summary>The transports that the client may upgrade to.</summary>
    public IReadOnlyList<string> Upgrades { get; } = upgrades;

    /// <summary>The time between two pings; whole milliseconds on the wire.</summary>
    public TimeSpan PingInterval { get; } = pingInterval;

    /// <summary>How long the answer to a ping may take; whole milliseconds on the wire.</summary>
    public TimeSpan PingTimeout { get; } = pingTimeout;

    /// <summary>The most bytes that the server takes in one message or polling request; null where it does not tell (servers before
    /// Socket.IO 4.5).</summary>
    public long? MaxPayload { get; } = maxPayload;

    /// <summary>The open packet.</summary>
    public EngineFrame ToFrame()
    {
        using var stream = new MemoryStream(160);
        stream.WriteByte((byte)EnginePacketType.Open);
        using (var writer = new Utf8JsonWriter(stream, s_writerOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("sid"u8, Sid);
            writer.WriteStartArray("upgrades"u8);
            foreach (string upgrade in Upgrades) writer.WriteStringValue(upgrade);
            writer.WriteEndArray();
            writer.WriteNumber("pingInterval"u8, (long)PingInterval.TotalMilliseconds);
            writer.WriteNumber("pingTimeout"u8, (long)PingTimeout.TotalMilliseconds);
            if (MaxPayload is { } maxPayload) writer.WriteNumber("maxPayload"u8, maxPayload);
            writer.WriteEndObject();
        }

        return EngineFrame.Text(stream.ToArray());
    }

    /// <summary>Reads the data of an open packet. Unknown keys are ignored; <c>upgrades</c> and <c>maxPayload</c> may be absent.</summary>
    /// <param name="json">The JSON that follows the type of the packet.</param>
    /// <param name="data">What it says, or null where it is no such JSON.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out EngineHandshakeData? data)
    {
        try
        {
            data = HandshakeReader.Read(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // How the JSON reader reports bad JSON and strings that are no text; there is no form of it that returns a result.
            data = null;
        }

        return data is not null;
    }
}
