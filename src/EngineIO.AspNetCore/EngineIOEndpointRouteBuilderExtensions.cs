using EngineIO.AspNetCore;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps an Engine.IO server.</summary>
public static class EngineIOEndpointRouteBuilderExtensions
{
    /// <summary>Maps the server that <c>AddEngineIO</c> registered, under its <see cref="EngineOptions.Path"/>.</summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <returns>The server, which also takes endpoint conventions.</returns>
    /// <exception cref="InvalidOperationException"><c>AddEngineIO</c> was not called.</exception>
    public static EngineServer MapEngineIO(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var server = endpoints.ServiceProvider.GetService<EngineServer>()
            ?? throw new InvalidOperationException("There is no Engine.IO server to map: call builder.Services.AddEngineIO() first.");
        return server.MapTo(endpoints);
    }
}
