using SocketIO.Parsing;

namespace SocketIO.AspNetCore.Adapters;

/// <summary>Passes on to the adapters of all children what a parent namespace is told to do.</summary>
internal sealed class ParentAdapter(ParentNamespace parent) : InMemoryAdapter(parent)
{
    public override ValueTask BroadcastAsync(Packet packet, BroadcastOptions options, CancellationToken cancellationToken = default) =>
        ForEachAsync(parent.Children, child => child.Adapter.BroadcastAsync(PacketFor(child, packet), options, cancellationToken));

    public override async ValueTask BroadcastWithAckAsync(
        Packet packet, BroadcastOptions options, IBroadcastAckObserver observer, CancellationToken cancellationToken = default)
    {
        var children = parent.Children;
        int servers = 0;
        foreach (var child in children) servers += await child.Adapter.GetServerCountAsync(cancellationToken).ConfigureAwait(false);
        var counts = new ClientCounts(observer, servers);
        await ForEachAsync(
            children, child => child.Adapter.BroadcastWithAckAsync(PacketFor(child, packet), options, counts, cancellationToken)).ConfigureAwait(false);
        if (servers == 0) observer.OnClientCount(0);
    }

    public override async ValueTask<IReadOnlyCollection<string>> GetSocketIdsAsync(BroadcastOptions options, CancellationToken cancellationToken = default)
    {
        var ids = new List<string>();
        foreach (var child in parent.Children) ids.AddRange(await child.Adapter.GetSocketIdsAsync(options, cancellationToken).ConfigureAwait(false));
        return ids;
    }

    // Another server may have children that this one knows nothing of.
    public override ValueTask<FetchedSockets> FetchSocketsAsync(BroadcastOptions options, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("fetchSockets() is not supported on parent namespaces");

    public override ValueTask<SocketCount> CountSocketsAsync(
        BroadcastOptions options, int enough = int.MaxValue, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("sockets cannot be counted on parent namespaces");

    public override ValueTask AddSocketsAsync(BroadcastOptions options, IReadOnlyCollection<string> rooms, CancellationToken cancellationToken = default) =>
        ForEachAsync(parent.Children, child => child.Adapter.AddSocketsAsync(options, rooms, cancellationToken));

    public override ValueTask RemoveSocketsAsync(BroadcastOptions options, IReadOnlyCollection<string> rooms, CancellationToken cancellationToken = default) =>
        ForEachAsync(parent.Children, child => child.Adapter.RemoveSocketsAsync(options, rooms, cancellationToken));

    public override ValueTask DisconnectSocketsAsync(BroadcastOptions options, bool close, CancellationToken cancellationToken = default) =>
        ForEachAsync(parent.Children, child => child.Adapter.DisconnectSocketsAsync(options, close, cancellationToken));

    private static Packet PacketFor(ServerNamespace child, in Packet packet) => new(packet.Type, child.Name, packet.Data, packet.Id);

    // In all of them at once: a slow backplane of one does not delay the next. In memory each has completed when its method returns.
    private static ValueTask ForEachAsync(IReadOnlyCollection<ServerNamespace> children, Func<ServerNamespace, ValueTask> action)
    {
        List<Task>? pending = null;
        foreach (var child in children)
        {
            var task = action(child);
            if (!task.IsCompletedSuccessfully) (pending ??= []).Add(task.AsTask());
        }

        return pending is null ? default : new ValueTask(Task.WhenAll(pending));
    }

    /// <summary>Makes one count of those of all children: a parent counts as one server.</summary>
    private sealed class ClientCounts(IBroadcastAckObserver observer, int awaited) : IBroadcastAckObserver
    {
        private int _awaited = awaited;
        private int _clients;

        public void OnClientCount(int clientCount)
        {
            Interlocked.Add(ref _clients, clientCount);
            if (Interlocked.Decrement(ref _awaited) == 0) observer.OnClientCount(_clients);
        }

        public void OnAck(Payload argument) => observer.OnAck(argument);
    }
}
