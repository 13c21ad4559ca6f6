using System.Collections.Concurrent;
using SocketIO.AspNetCore.Adapters;
using SocketIO.AspNetCore.Recovery;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore.Tests.Recovery;

/// <summary>Writes down what it is asked for.</summary>
internal sealed class SpyAdapter(ServerNamespace ns) : InMemoryAdapter(ns)
{
    public ConcurrentQueue<RecoverableSession> Persisted { get; } = [];

    public ConcurrentQueue<string> Restored { get; } = [];

    public ConcurrentQueue<BroadcastOptions> Broadcasts { get; } = [];

    public Func<RestoreResult>? Restore { get; set; }

    public Func<ValueTask> Persist { get; set; } = () => default;

    public bool IsClosed { get; private set; }

    public override ValueTask CloseAsync()
    {
        IsClosed = true;
        return base.CloseAsync();
    }

    public override ValueTask BroadcastAsync(Packet packet, BroadcastOptions options, CancellationToken cancellationToken = default)
    {
        Broadcasts.Enqueue(options);
        return base.BroadcastAsync(packet, options, cancellationToken);
    }

    public override ValueTask PersistSessionAsync(RecoverableSession session)
    {
        Assert.False(IsClosed);
        Persisted.Enqueue(session);
        return Persist();
    }

    public override ValueTask<RestoreResult> RestoreSessionAsync(string privateId, string? offset, CancellationToken cancellationToken = default)
    {
        Restored.Enqueue($"{privateId} {offset}");
        return Restore is { } restore ? new(restore()) : base.RestoreSessionAsync(privateId, offset, cancellationToken);
    }
}
