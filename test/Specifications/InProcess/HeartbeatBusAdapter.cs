using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Adapters;
using SocketIO.Cluster;

namespace Specifications.InProcess;

/// <summary>Servers that know one another by heartbeats; answers go to all, on one channel.</summary>
public sealed class HeartbeatBusAdapter(ServerNamespace ns, ClusterBus bus) : HeartbeatClusterAdapter(ns)
{
    private IDisposable? _subscription;

    public override ValueTask InitializeAsync()
    {
        _subscription = bus.Subscribe(ServerId, Namespace.Name, OnMessageAsync, ReportMalformed);
        return base.InitializeAsync();
    }

    public override async ValueTask CloseAsync()
    {
        await base.CloseAsync();
        _subscription?.Dispose();
    }

    protected override ValueTask<IReadOnlyDictionary<string, string>> ListServersAsync(CancellationToken cancellationToken = default) => new(bus.Names);

    protected override ValueTask<string?> PublishAsync(ClusterMessage message, CancellationToken cancellationToken = default) => new(bus.Publish(message));

    protected override ValueTask PublishResponseAsync(string requesterId, ClusterResponse response, CancellationToken cancellationToken = default)
    {
        bus.Publish(response);
        return default;
    }
}
