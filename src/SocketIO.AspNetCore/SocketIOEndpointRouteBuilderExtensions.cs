using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SocketIO.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps Socket.IO servers.</summary>
public static class SocketIOEndpointRouteBuilderExtensions
{
    /// <summary>Maps the server that <c>AddSocketIO</c> registered, under its <see cref="EngineIO.AspNetCore.EngineOptions.Path"/>: <c>/socket.io/</c> by default.</summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <returns>The server, which also takes endpoint conventions.</returns>
    /// <exception cref="InvalidOperationException"><c>AddSocketIO</c> was not called.</exception>
    public static SocketIOServer MapSocketIO(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var server = endpoints.ServiceProvider.GetService<SocketIOServer>()
            ?? throw new InvalidOperationException("There is no Socket.IO server to map: call builder.Services.AddSocketIO() first.");
        server.Engine.MapTo(endpoints);
        return server;
    }

    /// <summary>Maps the server that <c>AddSocketIO(name, …)</c> registered.</summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="name">The name of the server; its path is an option.</param>
    /// <returns>The server, which also takes endpoint conventions.</returns>
    /// <exception cref="InvalidOperationException"><c>AddSocketIO</c> was not called with this name.</exception>
    public static SocketIOServer MapSocketIO(this IEndpointRouteBuilder endpoints, string name)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var server = endpoints.ServiceProvider.GetKeyedService<SocketIOServer>(name)
            ?? throw new InvalidOperationException(
                $"There is no Socket.IO server named \"{name}\" to map: call builder.Services.AddSocketIO(\"{name}\") first. (The path of a server is its option Path.)");
        server.Engine.MapTo(endpoints);
        return server;
    }
}
