using Load.Running;
using Load.Sockets;
using Load.WebSockets;

namespace Load.Scenarios;

/// <summary>What connections that do nothing keep in the server's memory, in a process of its own, with and without what a garbage collection would take away.</summary>
internal sealed class IdleMemory(string row, string collectedRow, int connections) : IScenario, IConnectionObserver
{
    private const int WarmupConnections = 500;
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20);

    public IReadOnlyList<Figure> Run(ServerProcess server, RunSettings settings)
    {
        using var fresh = server.StartAnother();
        using var loop = new EventLoop();
        var crowd = new Crowd(fresh, loop);
        for (var i = 0; i < 3; i++)
        {
            crowd.Open(WarmupConnections, this);
            crowd.Close();
        }

        var (before, collectedBefore) = Measure(fresh, loop);
        crowd.Open(connections, this);
        var (after, collectedAfter) = Measure(fresh, loop);
        settings.Note($"from {before / 1048576.0:0.0} to {after / 1048576.0:0.0} MiB");
        crowd.Close();
        return [new(row, PerConnection(after - before)), new(collectedRow, PerConnection(collectedAfter - collectedBefore))];
    }

    public void OnMessage(WebSocketConnection connection, ReadOnlySpan<byte> message, bool isBinary) =>
        throw new LoadException("a message that nothing asked for");

    private double PerConnection(long bytes) => bytes / 1024.0 / connections;

    private static (long Settled, long Collected) Measure(ServerProcess server, EventLoop loop)
    {
        var settled = Settle(server, loop);
        server.Collect();
        return (settled, Settle(server, loop));
    }

    // Until it has not changed by a hundredth for two seconds.
    private static long Settle(ServerProcess server, EventLoop loop)
    {
        var bytes = server.ResidentBytes();
        var quiet = TimeSpan.Zero;
        for (var waited = TimeSpan.Zero; waited < s_longest && quiet < TimeSpan.FromSeconds(2); waited += s_step)
        {
            loop.RunFor(s_step);
            var now = server.ResidentBytes();
            quiet = Math.Abs(now - bytes) < bytes / 100 ? quiet + s_step : TimeSpan.Zero;
            bytes = now;
        }

        return bytes;
    }
}
