using System.Text;
using System.Text.Json.Nodes;

namespace SocketIO.Redis.Tests;

/// <summary>One captured call, and what the official servers then sent.</summary>
internal sealed class Vector(JsonObject json)
{
    public string Id => (string)json["id"]!;

    public JsonNode? this[string member] => json[member];

    /// <summary>The messages that were published, in order.</summary>
    public IReadOnlyList<CapturedMessage> Published { get; } =
    [
        .. (json["commands"] as JsonArray ?? []).Select(static command => new CapturedMessage((JsonObject)command!)).Where(static message => message.Command is "publish" or "spublish"),
    ];

    public static IReadOnlyList<Vector> Load(string file, out JsonObject all)
    {
        all = (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", file)))!;
        return [.. ((JsonArray)all["vectors"]!).Select(static vector => new Vector((JsonObject)vector!))];
    }

    /// <summary>The bytes of an argument, or of a message.</summary>
    public static byte[] Bytes(JsonNode argument) =>
        argument["hex"] is { } hex ? Convert.FromHexString((string)hex!) : Encoding.UTF8.GetBytes((string)argument["utf8"]!);
}
