using System.Collections.Concurrent;
using SocketIO.Client.Tests.Peers;

[assembly: AssemblyFixture(typeof(PeerPool))]

namespace SocketIO.Client.Tests.Peers;

/// <summary>Servers that tests share: one for each set of options. Nobody stops these, or closes what is not their own.</summary>
public sealed class PeerPool : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(PeerKind, PeerOptions), Lazy<Task<Peer>>> _peers = new();

    public Task<Peer> GetAsync(PeerKind kind, PeerOptions options) =>
        _peers.GetOrAdd((kind, options), static key => new(() => Peer.StartAsync(key.Item1, key.Item2))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers.Values) await (await peer.Value).DisposeAsync();
    }
}
