using Microsoft.AspNetCore.Http;

namespace EngineIO.AspNetCore.Requests;

/// <summary>Which origins <see cref="EngineCorsOptions"/> allows.</summary>
internal static class OriginPolicy
{
    /// <summary>Whether the options allow an origin by its name.</summary>
    public static bool Allows(EngineCorsOptions cors, string? origin) =>
        cors.ReflectOrigin
        || (origin is not null && cors.Origins.Contains(origin))
        || (origin is not null && cors.OriginPattern?.IsMatch(origin) == true)
        || cors.IsOriginAllowed?.Invoke(origin) == true;

    /// <summary>Whether a handshake is a page's that may not open a session. No browser asks before a WebSocket to another origin.</summary>
    public static bool Refuses(EngineCorsOptions? cors, HttpRequest request) =>
        cors is { RefuseOtherOrigins: true } && (string?)request.Headers.Origin is { } origin && !Allows(cors, origin) && !IsOwn(request, origin);

    private static bool IsOwn(HttpRequest request, string origin) =>
        origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
