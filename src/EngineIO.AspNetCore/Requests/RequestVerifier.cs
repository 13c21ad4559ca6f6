using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace EngineIO.AspNetCore.Requests;

/// <summary>The checks of https://socket.io/docs/v4/troubleshooting-connection-issues, in the reference's order; the first failure wins.</summary>
internal static partial class RequestVerifier
{
    public static ValueTask<Refusal?> VerifyAsync(EngineRequest request, EngineServer server, out EngineSession? session)
    {
        session = null;
        // 1. A transport that is on offer.
        var transport = TransportOf(request.Transport);
        if (transport == EngineTransports.None || !server.Options.Transports.HasFlag(transport)) return new(Refusal.UnknownTransport(request.Transport));

        // 2. An origin made of header characters.
        var origin = (string?)request.HttpContext.Request.Headers[HeaderNames.Origin];
        if (origin is not null && IndexOfInvalid(origin) is >= 0 and var index)
        {
            InvalidHeader(server.Loggers.Engine, index, origin[index]);
            return new(Refusal.InvalidOrigin(origin));
        }

        // 3. A session that exists and fits, or a handshake that may be.
        return request.Sid is { } sid ? new(VerifySession(request, sid, server, out session)) : VerifyHandshakeAsync(request, transport, server);
    }

    private static Refusal? VerifySession(EngineRequest request, string sid, EngineServer server, out EngineSession? session)
    {
        if (!server.TryGetSession(sid, out session) || session!.EndIfOverdue()) return Refusal.UnknownSid(sid);
        var (current, wanted) = (session!.TransportName, request.Transport!);
        if (!request.IsUpgrade && current != wanted) return Refusal.TransportMismatch(wanted, current);
        if (request.Revision != session.Revision) return Refusal.ProtocolMismatch(request.Revision, session.Revision);
        // The reference leaves these two hanging or drops them after the upgrade: a request in the form that the transport does not have.
        if (request.IsUpgrade != (wanted == WebSocketName)) return request.IsUpgrade ? Refusal.UpgradeOfOtherTransport() : Refusal.TransportHandshake();
        return null;
    }

    private static async ValueTask<Refusal?> VerifyHandshakeAsync(EngineRequest request, EngineTransports transport, EngineServer server)
    {
        var context = request.HttpContext;
        // A WebSocket over HTTP/2 is opened by CONNECT.
        var isGet = HttpMethods.IsGet(context.Request.Method) || (request.IsUpgrade && HttpMethods.IsConnect(context.Request.Method));
        if (!isGet) return Refusal.BadHandshakeMethod(context.Request.Method);
        if (request.IsUpgrade != (transport == EngineTransports.WebSocket)) return request.IsUpgrade ? Refusal.UpgradeOfOtherTransport() : Refusal.TransportHandshake();
        if (OriginPolicy.Refuses(server.Options.Cors, context.Request)) return Refusal.Forbidden("Origin not allowed");
        if (server.Options.AllowRequest is { } allow && await allow(context) is { IsAllowed: false } denied) return Refusal.Forbidden(denied.Message);
        if (request.Revision == EngineRevision.V3 && !server.Options.AllowEIO3) return Refusal.UnsupportedProtocolVersion();
        return null;
    }

    internal const string PollingName = "polling";
    internal const string WebSocketName = "websocket";

    private static EngineTransports TransportOf(string? name) => name switch
    {
        PollingName => EngineTransports.Polling,
        WebSocketName => EngineTransports.WebSocket,
        _ => EngineTransports.None,
    };

    /// <summary>Where the first character is that no header may hold; -1 for none.</summary>
    private static int IndexOfInvalid(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] is not ('\t' or (>= ' ' and <= '~') or (>= '\x80' and <= '\xff'))) return i;
        }

        return -1;
    }

    [LoggerMessage(1, LogLevel.Debug, "invalid header, index {Index}, char \"{Code}\"")]
    private static partial void InvalidHeader(ILogger logger, int index, int code);
}
