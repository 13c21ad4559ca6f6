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

    /// <summary>The server takes no (more) clients. Load balancers take this elsewhere, and the next request should come on a connection that they choose anew;
    /// clients try again whatever the status.</summary>
    public static void WriteUnavailable(HttpContext context)
    {
        if (!context.Response.HasStarted && HttpProtocol.IsHttp11(context.Request.Protocol)) context.Response.Headers[HeaderNames.Connection] = "close";
        WriteEmpty(context, StatusCodes.Status503ServiceUnavailable);
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
