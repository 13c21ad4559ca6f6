using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SocketIO.MessagePack;

namespace SocketIO.Redis.Tests;

/// <summary>Messages as the vectors show them: JSON, with bytes as <c>{"$bytes":"…"}</c>.</summary>
internal static class Wire
{
    /// <summary>Reads JSON or MessagePack.</summary>
    public static JsonNode? Read(ReadOnlyMemory<byte> message)
    {
        if (message.Span[0] == (byte)'{') return JsonNode.Parse(message.Span);
        Assert.True(MessagePackPayload.TryRead(message, out var payload, MessagePackPayload.MaxDepthLimit), "no MessagePack");
        return Show(payload);
    }

    /// <summary>Writes MessagePack.</summary>
    public static byte[] Pack(JsonNode? shown)
    {
        var attachments = new List<ReadOnlyMemory<byte>>();
        var node = Map(shown, member =>
        {
            if (member["$bytes"] is not { } hex) return null;
            attachments.Add(Convert.FromHexString(hex.GetValue<string>()));
            return new JsonObject { ["_placeholder"] = true, ["num"] = attachments.Count - 1 };
        });
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        MessagePackPayload.Write(new Payload(Encoding.UTF8.GetBytes(node?.ToJsonString() ?? "null"), attachments.ToArray()), output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>What clients get of what was captured: dates are texts.</summary>
    public static JsonNode? WithoutDates(JsonNode? decoded) => Map(decoded, member => member["$date"]?.DeepClone());

    public static JsonNode? Show(Payload payload) => Map(JsonNode.Parse(payload.Json.Span), member =>
        member["_placeholder"] is null ? null : new JsonObject { ["$bytes"] = Convert.ToHexStringLower(payload.Attachments.Span[member["num"]!.GetValue<int>()].Span) });

    /// <summary>Replaces texts, be they values or parts of them.</summary>
    public static JsonNode? Replace(JsonNode? node, params (string Old, string New)[] texts)
    {
        string json = node?.ToJsonString() ?? "null";
        foreach (var (old, text) in texts) json = json.Replace(JsonSerializer.Serialize(old), JsonSerializer.Serialize(text), StringComparison.Ordinal);
        return JsonNode.Parse(json);
    }

    public static void Equal(JsonNode? expected, JsonNode? actual, string what) =>
        Assert.True(JsonNode.DeepEquals(expected, actual), $"{what}\nexpected {expected?.ToJsonString()}\nactual   {actual?.ToJsonString()}");

    private static JsonNode? Map(JsonNode? node, Func<JsonObject, JsonNode?> replace) => node switch
    {
        JsonObject member when replace(member) is { } replaced => replaced,
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Map(member.Value, replace)))),
        JsonArray array => new JsonArray([.. array.Select(item => Map(item, replace))]),
        _ => node?.DeepClone(),
    };
}
