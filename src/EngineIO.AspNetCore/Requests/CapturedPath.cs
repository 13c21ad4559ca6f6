using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EngineIO.AspNetCore.Requests;

/// <summary>Which paths are the engine's: unlike ASP.NET Core's routing, case and the slash behind the path count.</summary>
internal sealed class CapturedPath(string prefix, bool addTrailingSlash) : IRouteConstraint
{
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection)
    {
        var path = httpContext?.Request.Path.Value;
        if (path is null || !path.StartsWith(prefix, StringComparison.Ordinal)) return false;
        return path.Length == prefix.Length ? !addTrailingSlash : path[prefix.Length] == '/';
    }
}
