using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EngineIO.AspNetCore.WebSockets;

/// <summary>The answer to a WebSocket's opening handshake (RFC 6455, section 4.2; RFC 8441 for HTTP/2), which the WebSocket middleware has verified.</summary>
internal static class WebSocketHandshake
{
    // RFC 6455, section 1.3.
    private static ReadOnlySpan<byte> AcceptSuffix => "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"u8;

    private const int MaxKeyLength = 64;

    // RFC 9110, section 5.6.2.
    private static readonly SearchValues<char> s_tokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Whether the host lets go of the connection below a request: an in-memory host does not.</summary>
    public static bool IsPossible(HttpContext context) => Upgrades(context) || Connects(context);

    /// <summary>Whether a subprotocol may stand in a header.</summary>
    public static bool IsSubProtocol(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(s_tokenCharacters);

    /// <summary>Accepts the WebSocket.</summary>
    /// <param name="context">The request.</param>
    /// <param name="subProtocol">The subprotocol; null for none.</param>
    /// <param name="maxMessageSize">The largest message, in bytes.</param>
    public static async Task<WebSocketConnection> AcceptAsync(HttpContext context, string? subProtocol, int maxMessageSize)
    {
        var headers = context.Response.Headers;
        if (subProtocol is not null) headers.SecWebSocketProtocol = subProtocol;
        Stream stream;
        if (Upgrades(context))
        {
            headers.Upgrade = "websocket";
            headers.SecWebSocketAccept = AcceptKey(context.Request.Headers.SecWebSocketKey.ToString());
            stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        }
        else
        {
            stream = await context.Features.GetRequiredFeature<IHttpExtendedConnectFeature>().AcceptAsync();
        }

        var lifetime = context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        return PipesOf(context) switch
        {
            null => new PipeWebSocket(new StreamPipes(stream), lifetime, maxMessageSize),
            DetachableConnection connection => new PipeWebSocket(connection.TakePipes(), connection, maxMessageSize),
            var pipes => new PipeWebSocket(pipes, lifetime, maxMessageSize),
        };
    }

    // Kestrel's own pipes, for HTTP/1.1 without anything between: its stream would add a copy and a lock to each read and write.
    private static IDuplexPipe? PipesOf(HttpContext context)
    {
        var features = context.Features;
        var isServers = ReferenceEquals(features.Get<IHttpUpgradeFeature>(), features.Get<IHttpRequestFeature>());
        return isServers && Upgrades(context) ? features.Get<IConnectionTransportFeature>()?.Transport : null;
    }

    private static bool Upgrades(HttpContext context) => context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true };

    private static bool Connects(HttpContext context) => context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    // SHA-1 is what the protocol says; it protects nothing.
#pragma warning disable CA5350
    private static string AcceptKey(string key)
    {
        Span<byte> input = stackalloc byte[MaxKeyLength + AcceptSuffix.Length];
        var length = Encoding.ASCII.GetBytes(key, input[..MaxKeyLength]);
        AcceptSuffix.CopyTo(input[length..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(input[..(length + AcceptSuffix.Length)], hash);
        return Convert.ToBase64String(hash);
    }
#pragma warning restore CA5350
}
