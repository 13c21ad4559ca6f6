using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SocketIO.Redis.Tests.Mixed;

/// <summary>The notation of <c>test/Peers/servers/values.mjs</c>: JSON with marks for bytes and dates.</summary>
internal static class Values
{
    public static object? Revive(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when value.TryGetProperty("$bytes", out var bytes) => Convert.FromHexString(bytes.GetString()!),
        JsonValueKind.Object when value.TryGetProperty("$date", out var date) =>
            DateTime.Parse(date.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
        JsonValueKind.Object => value.EnumerateObject().ToDictionary(static member => member.Name, static member => Revive(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Select(Revive).ToList(),
        JsonValueKind.String => value.GetString(),
        _ => value.Clone(),
    };

    public static JsonNode? Show(Payload payload) => Mark(JsonNode.Parse(payload.Json.Span), payload);

    public static bool AreEqual(string expected, JsonNode? actual) => JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual?.ToJsonString() ?? "null"));

    private static JsonNode? Mark(JsonNode? value, Payload whole) => value switch
    {
        JsonArray array => new JsonArray([.. array.Select(item => Mark(item, whole))]),
        JsonObject placeholder when placeholder.ContainsKey("_placeholder") =>
            new JsonObject { ["$bytes"] = Convert.ToHexStringLower(whole.Attachments.Span[(int)placeholder["num"]!].Span) },
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Mark(member.Value, whole)))),
        _ => value?.DeepClone(),
    };
}
