using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Adapters;
using SocketIO.Cluster;

namespace Specifications.InProcess;

/// <summary>Servers that the store counts; answers go to who asked.</summary>
public sealed class BusAdapter(ServerNamespace ns, ClusterBus bus) : ClusterAdapter(ns)
{
    private IDisposable? _subscription;

    public override ValueTask InitializeAsync()
    {
        _subscription = bus.Subscribe(
            ServerId, Namespace.Name,
            (message, offset) =>
            {
                if (message is not ClusterResponse response) return OnMessageAsync(message, offset);
                OnResponse(response);
                return default;
            },
            ReportMalformed);
        return default;
    }

    public override ValueTask CloseAsync()
    {
        _subscription?.Dispose();
        return default;
    }

    public override ValueTask<int> GetServerCountAsync(CancellationToken cancellationToken = default) => new(bus.CountSubscribers(Namespace.Name));

    protected override ValueTask<IReadOnlyDictionary<string, string>> ListServersAsync(CancellationToken cancellationToken = default) => new(bus.Names);

    protected override ValueTask<string?> PublishAsync(ClusterMessage message, CancellationToken cancellationToken = default) => new(bus.Publish(message));

    protected override ValueTask PublishResponseAsync(string requesterId, ClusterResponse response, CancellationToken cancellationToken = default)
    {
        bus.Publish(response, requesterId);
        return default;
    }
}
