using System.Text.Json.Nodes;

namespace SocketIO.Redis.Tests;

/// <summary>A command that an official server sent to Redis.</summary>
internal sealed class CapturedMessage(JsonObject command)
{
    public string Command => Text(0).ToLowerInvariant();

    /// <summary>The connection that it came by: the odd ones are the first server's.</summary>
    public string From => (string)command["from"]!;

    public string Channel => Text(1);

    public byte[] Bytes => Vector.Bytes(Argument(2));

    public bool IsJson => Bytes[0] == (byte)'{';

    /// <summary>The message as the vectors show it.</summary>
    public JsonNode? Decoded => Wire.WithoutDates(Argument(2)["decoded"]!["value"]);

    private JsonNode Argument(int index) => command["args"]![index]!;

    private string Text(int index) => (string)Argument(index)["utf8"]!;
}
