using System.Text;
using System.Text.Json;

namespace EngineIO.Client.Http;

/// <summary>What an Engine.IO server answers to a request that it refuses: <c>{"code":1,"message":"Session ID unknown"}</c>.</summary>
internal static class Refusal
{
    public static bool TryParse(string? body, out int code, out string message)
    {
        (code, message) = (0, "");
        if (string.IsNullOrEmpty(body) || body![0] != '{') return false;
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(body));
            if (!document.RootElement.TryGetProperty("code", out var number) || !number.TryGetInt32(out code)) return false;
            message = document.RootElement.TryGetProperty("message", out var text) ? text.GetString() ?? "" : "";
            return true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
