using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EngineIO.AspNetCore.Requests;

/// <summary>Writes refusals: a JSON object over HTTP, the bare text on an upgrade.</summary>
internal static class RefusalAnswer
{
    private static readonly JsonWriterOptions RelaxedText = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task WriteAsync(EngineRequest request, Refusal refusal)
    {
        var response = request.HttpContext.Response;
        if (response.HasStarted) return Task.CompletedTask;
        return request.IsUpgrade ? WriteToUpgradeAsync(response, refusal) : WriteToRequestAsync(response, refusal);
    }

    /// <summary>An answer with a status and nothing else.</summary>
    public static void WriteEmpty(HttpContext context, int status)
    {
        if (context.Response.HasStarted) return;
        context.Response.StatusCode = status;
        context.Response.ContentLength = 0;
    }

    private static Task WriteToRequestAsync(HttpResponse response, Refusal refusal)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, RelaxedText))
        {
            json.WriteStartObject();
            json.WriteNumber("code", (int)refusal.Code);
            json.WriteString("message", refusal.Message);
            json.WriteEndObject();
        }

        response.StatusCode = refusal.Code == EngineErrorCode.Forbidden ? StatusCodes.Status403Forbidden : StatusCodes.Status400BadRequest;
        response.ContentType = "application/json";
        return WriteBodyAsync(response, body.WrittenMemory);
    }

    private static Task WriteToUpgradeAsync(HttpResponse response, Refusal refusal)
    {
        response.StatusCode = StatusCodes.Status400BadRequest;
        response.ContentType = "text/html";
        response.Headers[HeaderNames.Connection] = "close";
        return WriteBodyAsync(response, Encoding.UTF8.GetBytes(refusal.Message));
    }

    private static Task WriteBodyAsync(HttpResponse response, ReadOnlyMemory<byte> body)
    {
        response.ContentLength = body.Length;
        // A HEAD request has no body to write to.
        return HttpMethods.IsHead(response.HttpContext.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body).AsTask();
    }
}
