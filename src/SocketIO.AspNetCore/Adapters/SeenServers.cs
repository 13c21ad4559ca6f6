using System.Collections.Concurrent;
using SocketIO.Cluster;

namespace SocketIO.AspNetCore.Adapters;

/// <summary>The other servers that were heard of within the last hour, a thousand at most.</summary>
/// <remarks>Thread-safe; the lock is taken for a server that is new.</remarks>
internal sealed class SeenServers(TimeProvider time)
{
    private const int MaxServers = 1000;
    private const int MaxIdLength = 100;
    private static readonly TimeSpan s_memory = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, long> _lastSeen = new(StringComparer.Ordinal);
    private readonly object _gate = new();

    /// <summary>Those that are remembered, the last heard of first.</summary>
    public IEnumerable<string> Latest => _lastSeen.ToArray()
        .Where(server => time.GetElapsedTime(server.Value) <= s_memory)
        .OrderByDescending(static server => server.Value)
        .Select(static server => server.Key);

    /// <summary>A server has spoken.</summary>
    public void Add(string server)
    {
        if (server is "" or ClusterMessage.Emitter || server.Length > MaxIdLength) return;
        if (_lastSeen.ContainsKey(server))
        {
            _lastSeen[server] = time.GetTimestamp();
            return;
        }

        lock (_gate)
        {
            if (_lastSeen.Count >= MaxServers) RemoveOldest();
            _lastSeen[server] = time.GetTimestamp();
        }
    }

    /// <summary>A server has left.</summary>
    public void Remove(string server) => _lastSeen.TryRemove(server, out _);

    private void RemoveOldest()
    {
        var servers = _lastSeen.ToArray();
        foreach (var server in servers.OrderBy(static server => server.Value).Take(1 + servers.Length - MaxServers)) _lastSeen.TryRemove(server);
    }
}
