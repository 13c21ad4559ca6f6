using System.Net.WebSockets;
using EngineIO.AspNetCore.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EngineIO.AspNetCore;

public sealed partial class EngineServer
{
    /// <summary>Answers 101; null where the request's WebSocket headers do not allow it, which is then refused.</summary>
    private async Task<WebSocket?> AcceptAsync(EngineRequest request, string sid)
    {
        var context = request.HttpContext;
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await RefuseAsync(request, Refusal.TransportHandshake());
            return null;
        }

        WriteHookedHeaders(request, sid, withCookie: false);
        if (Loggers.Engine.IsEnabled(LogLevel.Trace))
        {
            var headers = context.Response.Headers.Select(static header => $"\"{header.Key}\":\"{header.Value}\"");
            Log.WritingHeaders(Loggers.Engine, $"{{{string.Join(',', headers)}}}");
        }

        try
        {
            return await context.WebSockets.AcceptWebSocketAsync(AcceptOptions(context));
        }
        catch (Exception error)
        {
            // The client has gone, or asks for what no answer can hold, such as a subprotocol that is no token.
            Log.AcceptFailed(Loggers.Engine, error);
            context.Abort();
            return null;
        }
    }

    private WebSocketAcceptContext AcceptOptions(HttpContext context)
    {
        var options = new WebSocketAcceptContext
        {
            SubProtocol = context.WebSockets.WebSocketRequestedProtocols is [var first, ..] ? first : null,
            // Engine.IO has its own heartbeat.
            KeepAliveInterval = TimeSpan.Zero,
        };
        if (Options.PerMessageDeflate is not { } deflate) return options;
        DeflateOffer.Narrow(context.Request.Headers, deflate);
        options.DangerousEnableCompression = true;
        options.DisableServerContextTakeover = deflate.ServerNoContextTakeover;
        options.ServerMaxWindowBits = deflate.ServerMaxWindowBits;
        return options;
    }
}
