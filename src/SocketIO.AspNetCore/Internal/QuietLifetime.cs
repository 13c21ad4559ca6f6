using Microsoft.Extensions.Hosting;

namespace SocketIO.AspNetCore.Internal;

/// <summary>The life of a host that its owner starts and stops.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
