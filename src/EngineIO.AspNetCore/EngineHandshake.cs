using System.Security.Claims;
using EngineIO.AspNetCore.Requests;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;

namespace EngineIO.AspNetCore;

/// <summary>What the first request of a session said; kept when the request is gone, and not changed by later requests or the upgrade.</summary>
public sealed class EngineHandshake
{
    // What is read from the request when it is asked for.
    private readonly ReadOnlyMemory<char> _queryText;
    private IReadOnlyDictionary<string, string>? _query;
    private ClaimsPrincipal? _user;

    internal EngineHandshake(EngineRequest request, DateTimeOffset issuedAt)
    {
        var context = request.HttpContext;
        var http = context.Request;
        var headers = new KeyValuePair<string, string>[http.Headers.Count];
        var count = 0;
        foreach (var (name, values) in http.Headers) headers[count++] = CommonHeaders.Read(name, values);
        Headers = CompactMap.Of(headers, StringComparer.OrdinalIgnoreCase);
        Url = context.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } target ? target : http.Path + http.QueryString;
        // It is the end of the URL, unless a middleware has changed it.
        var query = http.QueryString.Value ?? "";
        _queryText = Url.EndsWith(query, StringComparison.Ordinal) ? Url.AsMemory(Url.Length - query.Length) : query.AsMemory();
        RemoteAddress = context.Connection.RemoteIpAddress?.ToString();
        IsSecure = http.IsHttps;
        _user = context.Features.Get<IHttpAuthenticationFeature>()?.User;
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
        _query = query;
        Url = url;
        RemoteAddress = remoteAddress;
        IsSecure = isSecure;
        IssuedAt = issuedAt;
    }

    /// <summary>The headers; lower-case names, several values joined.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The decoded query; the last of several equal keys wins.</summary>
    public IReadOnlyDictionary<string, string> Query => _query ?? Interlocked.CompareExchange(ref _query, EngineRequest.ReadQuery(_queryText), null) ?? _query;

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
    public ClaimsPrincipal User => _user ?? Interlocked.CompareExchange(ref _user, new ClaimsPrincipal(new ClaimsIdentity()), null) ?? _user;
}
