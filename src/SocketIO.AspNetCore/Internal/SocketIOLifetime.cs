using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SocketIO.AspNetCore.Internal;

/// <summary>Has the endpoints made when the host starts, so that what they lack is told then; drains before the web server stops listening; and keeps the host from
/// exiting while handlers of the last disconnections still run.</summary>
internal sealed class SocketIOLifetime(SocketIOServer server, IServiceProvider services) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _ = services.GetService<EndpointDataSource>()?.Endpoints;
        return Task.CompletedTask;
    }

    // Before any hosted service is stopped: polling clients come on new connections, and must be heard.
    public Task StoppingAsync(CancellationToken cancellationToken) =>
        server.Options.Drain is null ? Task.CompletedTask : server.DrainAsync(options: null, cancellationToken).AsTask();

    public Task StopAsync(CancellationToken cancellationToken) => server.CloseAsync(cancellationToken).AsTask();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
