using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EngineIO.AspNetCore.Requests;

/// <summary>Which paths are the engine's: unlike ASP.NET Core's routing, case and the slash behind the path count.</summary>
internal sealed class CapturedPath(string prefix, bool addTrailingSlash) : IRouteConstraint
{
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection)
    {
        var path = httpContext?.Request.Path.Value;
        if (path is null) return false;
        // A route group may have put a prefix of its own in front.
        var head = path.AsSpan(0, path.Length - (values[routeKey] as string ?? "").Length);
        var hasSlash = head.EndsWith("/", StringComparison.Ordinal);
        if (hasSlash) head = head[..^1];
        return head.EndsWith(prefix, StringComparison.Ordinal) && (hasSlash || !addTrailingSlash);
    }
}
