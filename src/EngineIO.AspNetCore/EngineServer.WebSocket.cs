using EngineIO.AspNetCore.Requests;
using EngineIO.AspNetCore.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EngineIO.AspNetCore;

public sealed partial class EngineServer
{
    /// <summary>Answers 101; null where the request's WebSocket headers do not allow it, which is then refused.</summary>
    private async Task<WebSocketConnection?> AcceptAsync(EngineRequest request, string sid)
    {
        var context = request.HttpContext;
        var subProtocol = context.WebSockets.WebSocketRequestedProtocols is [var first, ..] ? first : null;
        if (!context.WebSockets.IsWebSocketRequest || (subProtocol is not null && !WebSocketHandshake.IsSubProtocol(subProtocol)))
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
            return Compresses(context) || !WebSocketHandshake.IsPossible(context)
                ? await AcceptByFrameworkAsync(context, subProtocol)
                : await WebSocketHandshake.AcceptAsync(context, subProtocol, Options.MaxHttpBufferSize);
        }
        catch (Exception error)
        {
            // The client has gone, or asks for what no answer can hold, such as a window of 99 bits.
            Log.AcceptFailed(Loggers.Engine, error);
            context.Abort();
            return null;
        }
    }

    private bool Compresses(HttpContext context) => Options.PerMessageDeflate is not null && DeflateOffer.IsIn(context.Request.Headers);

    private async Task<WebSocketConnection> AcceptByFrameworkAsync(HttpContext context, string? subProtocol)
    {
        // Engine.IO has its own heartbeat.
        var accept = new WebSocketAcceptContext { SubProtocol = subProtocol, KeepAliveInterval = TimeSpan.Zero };
        if (Options.PerMessageDeflate is { } deflate)
        {
            DeflateOffer.Narrow(context.Request.Headers, deflate);
            accept.DangerousEnableCompression = true;
            accept.DisableServerContextTakeover = deflate.ServerNoContextTakeover;
            accept.ServerMaxWindowBits = deflate.ServerMaxWindowBits;
        }

        var socket = await context.WebSockets.AcceptWebSocketAsync(accept);
        return new FrameworkWebSocket(socket, context.Features.Get<WebSocketStream>(), Options.MaxHttpBufferSize, Options.PerMessageDeflate?.Threshold);
    }
}
