using Microsoft.Extensions.DependencyInjection;

namespace SocketIO.AspNetCore.Internal;

/// <summary>What <c>AddSocketIO</c> gives.</summary>
internal sealed class SocketIOBuilder(IServiceCollection services, string name) : ISocketIOBuilder
{
    public IServiceCollection Services { get; } = services;

    public string Name { get; } = name;
}
