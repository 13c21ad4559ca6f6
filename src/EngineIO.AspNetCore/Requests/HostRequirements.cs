using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EngineIO.AspNetCore.Requests;

/// <summary>What the conventions of an endpoint need of its host.</summary>
internal static class HostRequirements
{
    /// <summary>Throws where something is missing, before a request finds out.</summary>
    public static void Check(EndpointBuilder endpoint)
    {
        Require<IAuthorizeData, IAuthorizationService>(endpoint, "RequireAuthorization", "builder.Services.AddAuthentication(…) and AddAuthorization()");
        Require<ICorsMetadata, ICorsService>(endpoint, "RequireCors", "builder.Services.AddCors() and app.UseCors()");
        Require<EnableRateLimitingAttribute, IConfigureOptions<RateLimiterOptions>>(
            endpoint, "RequireRateLimiting", "builder.Services.AddRateLimiter(…) and app.UseRateLimiter()");
    }

    private static void Require<TMetadata, TService>(EndpointBuilder endpoint, string convention, string remedy)
    {
        if (!endpoint.Metadata.OfType<TMetadata>().Any()) return;
        if (endpoint.ApplicationServices.GetService<IServiceProviderIsService>()?.IsService(typeof(TService)) != false) return;
        throw new InvalidOperationException($"The endpoint \"{endpoint.DisplayName}\" has {convention}(), for which the host lacks the services: call {remedy}.");
    }
}
