using Microsoft.Extensions.DependencyInjection;

namespace SocketIO.AspNetCore;

/// <summary>A server that <c>AddSocketIO</c> registered, for what is added to it: the adapter of a cluster, for one. Used while services are registered, by one thread.</summary>
public interface ISocketIOBuilder
{
    /// <summary>The services.</summary>
    IServiceCollection Services { get; }

    /// <summary>The name of the server's options, which is also the key of its service; <see cref="Microsoft.Extensions.Options.Options.DefaultName"/> for the server
    /// without a name.</summary>
    string Name { get; }
}
