using System.Globalization;

namespace TestKit;

/// <summary>A Redis Cluster of three masters, each of which has a third of the slots.</summary>
public sealed class RedisCluster : IAsyncDisposable
{
    private const int SlotCount = 16384;

    private RedisCluster(IReadOnlyList<RedisServer> masters) => Masters = masters;

    public IReadOnlyList<RedisServer> Masters { get; }

    /// <summary>A connection string.</summary>
    public string Address => string.Join(',', Masters.Select(master => master.Address));

    /// <summary>Starts it and waits until each master knows all slots.</summary>
    public static async Task<RedisCluster> StartAsync()
    {
        var masters = new List<RedisServer>();
        for (int i = 0; i < 3; i++)
        {
            // The port of the cluster's bus is by default ten thousand higher, and may be taken.
            string bus = Ports.Free().ToString(CultureInfo.InvariantCulture);
            masters.Add(await RedisServer.StartAsync("--cluster-enabled", "yes", "--cluster-port", bus, "--cluster-node-timeout", "5000").ConfigureAwait(false));
            int first = SlotCount * i / 3, last = (SlotCount * (i + 1) / 3) - 1;
            await masters[i].CommandAsync("CLUSTER", "ADDSLOTSRANGE", $"{first}", $"{last}").ConfigureAwait(false);
            await masters[i].CommandAsync("CLUSTER", "SET-CONFIG-EPOCH", $"{i + 1}").ConfigureAwait(false);
            if (i > 0) await masters[0].CommandAsync("CLUSTER", "MEET", "127.0.0.1", $"{masters[i].Port}", bus).ConfigureAwait(false);
        }

        var cluster = new RedisCluster(masters);
        long start = TimeProvider.System.GetTimestamp();
        while (!await cluster.IsReadyAsync().ConfigureAwait(false))
        {
            if (TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromSeconds(30)) throw new TimeoutException("The masters do not become a cluster.");
            await Task.Delay(20).ConfigureAwait(false);
        }

        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var master in Masters) await master.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<bool> IsReadyAsync()
    {
        foreach (var master in Masters)
        {
            string info = await master.CommandAsync("CLUSTER", "INFO").ConfigureAwait(false);
            if (!info.Contains("cluster_state:ok", StringComparison.Ordinal) || !info.Contains("cluster_known_nodes:3", StringComparison.Ordinal)) return false;
            if (!info.Contains($"cluster_slots_ok:{SlotCount}", StringComparison.Ordinal)) return false;
        }

        return true;
    }
}
