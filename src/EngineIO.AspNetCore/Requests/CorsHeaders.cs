using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EngineIO.AspNetCore.Requests;

/// <summary>Writes the headers of <see cref="EngineCorsOptions"/>.</summary>
internal static class CorsHeaders
{
    /// <summary>Adds the headers to the response.</summary>
    /// <returns>Whether the request was a preflight and is answered.</returns>
    public static bool Apply(HttpContext context, EngineCorsOptions? cors)
    {
        // An endpoint's own policy (RequireCors) has written already.
        if (cors is null || context.GetEndpoint()?.Metadata.GetMetadata<ICorsMetadata>() is not null) return false;
        var (request, response) = (context.Request, context.Response);
        WriteOrigin(cors, request, response);
        if (cors.Credentials) response.Headers.AccessControlAllowCredentials = "true";
        if (cors.ExposedHeaders is { Count: > 0 } exposed) response.Headers.AccessControlExposeHeaders = string.Join(',', exposed);
        if (!HttpMethods.IsOptions(request.Method)) return false;

        response.Headers.AccessControlAllowMethods = string.Join(',', cors.Methods);
        WriteAllowedHeaders(cors, request, response);
        if (cors.MaxAge is { } age) response.Headers.AccessControlMaxAge = HeaderUtilities.FormatNonNegativeInt64((long)age.TotalSeconds);
        if (cors.PreflightContinue) return false;
        response.StatusCode = cors.OptionsSuccessStatus;
        response.ContentLength = 0;
        return true;
    }

    private static void WriteOrigin(EngineCorsOptions cors, HttpRequest request, HttpResponse response)
    {
        var origin = (string?)request.Headers.Origin;
        var isDynamic = cors.ReflectOrigin || cors.OriginPattern is not null || cors.IsOriginAllowed is not null || cors.Origins.Count > 1;
        if (!isDynamic && (cors.Origins.Count == 0 || cors.Origins[0] == "*"))
        {
            response.Headers.AccessControlAllowOrigin = "*";
            return;
        }

        AppendVary(response, HeaderNames.Origin);
        if (!isDynamic) response.Headers.AccessControlAllowOrigin = cors.Origins[0];
        else if (OriginPolicy.Allows(cors, origin) && origin is not null && IsHeaderText(origin)) response.Headers.AccessControlAllowOrigin = origin;
    }

    private static void WriteAllowedHeaders(EngineCorsOptions cors, HttpRequest request, HttpResponse response)
    {
        if (cors.AllowedHeaders is { } allowed)
        {
            if (allowed.Count > 0) response.Headers.AccessControlAllowHeaders = string.Join(',', allowed);
            return;
        }

        AppendVary(response, HeaderNames.AccessControlRequestHeaders);
        if (request.Headers.AccessControlRequestHeaders is { Count: > 0 } asked && IsHeaderText(asked.ToString()))
            response.Headers.AccessControlAllowHeaders = asked;
    }

    // What a client sends may hold characters that no answer's header can.
    private static bool IsHeaderText(string value) => !value.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static void AppendVary(HttpResponse response, string name) =>
        response.Headers.Vary = response.Headers.Vary is { Count: > 0 } vary ? $"{vary}, {name}" : name;
}
