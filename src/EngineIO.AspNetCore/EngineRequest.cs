using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace EngineIO.AspNetCore;

/// <summary>A request to an Engine.IO server, its query read.</summary>
public sealed class EngineRequest
{
    private IReadOnlyDictionary<string, string>? _query;

    internal EngineRequest(HttpContext context)
    {
        HttpContext = context;
        IsUpgrade = context.WebSockets.IsWebSocketRequest || HasUpgradeHeaders(context);
        foreach (var pair in new QueryStringEnumerable(context.Request.QueryString.Value))
        {
            // The last of several equal keys wins.
            switch (pair.DecodeName().Span)
            {
                case "EIO": Revision = pair.DecodeValue().Span is "4" ? EngineRevision.V4 : EngineRevision.V3; break;
                case "transport": Transport = pair.DecodeValue().ToString(); break;
                case "sid": Sid = pair.DecodeValue().ToString(); break;
                case "b64": SupportsBinary = pair.EncodedValue.IsEmpty; break;
            }
        }
    }

    /// <summary>The request's context; valid while the request is.</summary>
    public HttpContext HttpContext { get; }

    /// <summary>The requested transport.</summary>
    public string? Transport { get; }

    /// <summary>The id of the session; null for a handshake.</summary>
    public string? Sid
    {
        get;
        private init => field = value is "" ? null : value;
    }

    /// <summary>The protocol revision; 3 unless <c>EIO</c> is exactly 4.</summary>
    public EngineRevision Revision { get; } = EngineRevision.V3;

    /// <summary>Whether this request opens a session.</summary>
    public bool IsHandshake => Sid is null;

    /// <summary>Whether this request asks for a WebSocket.</summary>
    public bool IsUpgrade { get; }

    /// <summary>The decoded query; the last of several equal keys wins.</summary>
    public IReadOnlyDictionary<string, string> Query => _query ??= ReadQuery(HttpContext.Request.QueryString.Value.AsMemory());

    internal bool SupportsBinary { get; } = true;

    internal string? UserAgent => HttpContext.Request.Headers[HeaderNames.UserAgent];

    internal static IReadOnlyDictionary<string, string> ReadQuery(ReadOnlyMemory<char> text)
    {
        var query = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in new QueryStringEnumerable(text)) query[pair.DecodeName().ToString()] = pair.DecodeValue().ToString();
        return query;
    }

    // A WebSocket handshake that ASP.NET Core does not recognise as such (a bad key or version) is still an upgrade, and refused as one.
    private static bool HasUpgradeHeaders(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        && StringSegment.Equals(context.Request.Headers.Upgrade.ToString(), "websocket", StringComparison.OrdinalIgnoreCase);
}
