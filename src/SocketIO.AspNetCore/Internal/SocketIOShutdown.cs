using Microsoft.Extensions.Hosting;

namespace SocketIO.AspNetCore.Internal;

/// <summary>Keeps the host from exiting while handlers of the last disconnections still run.</summary>
internal sealed class SocketIOShutdown(SocketIOServer server) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => server.CloseAsync(cancellationToken).AsTask();
}
