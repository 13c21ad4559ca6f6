using System.Security.Claims;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace EngineIO.AspNetCore;

/// <summary>What the first request of a session said; kept when the request is gone, and not changed by later requests or the upgrade.</summary>
public sealed class EngineHandshake
{
    internal EngineHandshake(EngineRequest request, DateTimeOffset issuedAt)
    {
        var http = request.HttpContext.Request;
        var headers = new Dictionary<string, string>(http.Headers.Count, StringComparer.OrdinalIgnoreCase);
        // "; " joins cookies and ", " all else, as Node.js does.
        foreach (var (name, values) in http.Headers)
#pragma warning disable CA1308 // Header names are lower-case here, as the reference gives them.
            headers[name.ToLowerInvariant()] = string.Join(name.Equals(HeaderNames.Cookie, StringComparison.OrdinalIgnoreCase) ? "; " : ", ", values!);
#pragma warning restore CA1308
        Headers = headers;
        Query = request.Query;
        Url = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } target ? target : http.Path + http.QueryString;
        RemoteAddress = request.HttpContext.Connection.RemoteIpAddress?.ToString();
        IsSecure = http.IsHttps;
        User = request.HttpContext.User;
        IssuedAt = issuedAt;
    }

    /// <summary>A handshake that another server received.</summary>
    /// <param name="headers">The headers; lower-case names.</param>
    /// <param name="query">The decoded query.</param>
    /// <param name="url">The raw request target.</param>
    /// <param name="remoteAddress">The peer's address.</param>
    /// <param name="isSecure">Whether the request came over TLS.</param>
    /// <param name="issuedAt">When the session began.</param>
    public EngineHandshake(
        IReadOnlyDictionary<string, string> headers, IReadOnlyDictionary<string, string> query, string url, string? remoteAddress, bool isSecure,
        DateTimeOffset issuedAt)
    {
        Headers = headers;
        Query = query;
        Url = url;
        RemoteAddress = remoteAddress;
        IsSecure = isSecure;
        IssuedAt = issuedAt;
        User = new ClaimsPrincipal(new ClaimsIdentity());
    }

    /// <summary>The headers; lower-case names, several values joined.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The decoded query; the last of several equal keys wins.</summary>
    public IReadOnlyDictionary<string, string> Query { get; }

    /// <summary>The raw request target.</summary>
    public string Url { get; }

    /// <summary>The peer's address; the proxy's unless forwarded headers are used.</summary>
    public string? RemoteAddress { get; }

    /// <summary>Whether the request came over TLS.</summary>
    public bool IsSecure { get; }

    /// <summary>Whether the request named an origin.</summary>
    public bool IsCrossDomain => Headers.ContainsKey("origin");

    /// <summary>When the session began.</summary>
    public DateTimeOffset IssuedAt { get; }

    /// <summary>Whom ASP.NET Core authenticated; anonymous by default.</summary>
    public ClaimsPrincipal User { get; }
}
