using System.Globalization;
using Load.Running;
using Load.Scenarios;
using Load.Sockets;
using Load.WebSockets;

namespace Load.Scale;

/// <summary>Many connections that do nothing but answer heartbeats, in a server process of their own.</summary>
internal sealed class HeartbeatCrowd(string row, int connections) : IScenario, IConnectionObserver
{
    public const int PingInterval = 5; // seconds

    private const int AtOnce = 256;
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(4 * PingInterval);

    public IReadOnlyList<Figure> Run(ServerProcess server, RunSettings settings)
    {
        using var fresh = server.StartAnother(PingInterval.ToString(CultureInfo.InvariantCulture));
        using var loop = new EventLoop();
        var crowd = new Crowd(fresh, loop);
        crowd.Open(connections / 20, this, AtOnce); // makes the server allocate what it keeps for good
        crowd.Close();
        loop.RunFor(TimeSpan.FromSeconds(1));
        var memory = fresh.ResidentBytes();
        crowd.Open(connections, this, AtOnce);
        loop.RunFor(TimeSpan.FromSeconds(2 * PingInterval));
        memory = fresh.ResidentBytes() - memory;

        var before = crowd.Connections.Select(connection => connection.Heartbeats).ToArray();
        var cpu = CpuWindow.Begin(fresh);
        loop.RunFor(s_window);
        var beats = crowd.Connections.Select(connection => connection.Heartbeats - before[connection.Index]).ToArray();
        var expected = s_window.TotalSeconds / PingInterval;
        if (beats.Min() < expected - 1 || beats.Max() > expected + 1)
            throw new LoadException($"between {beats.Min()} and {beats.Max()} heartbeats instead of {expected}");
        var microseconds = cpu.End(beats.Sum(), settings);
        crowd.Drop();
        return
        [
            new($"{row} memory", memory / 1024.0 / connections),
            new($"{row} heartbeat", microseconds),
            new($"{row} cpu", microseconds * beats.Sum() / s_window.TotalMicroseconds * 100),
        ];
    }

    public void OnMessage(WebSocketConnection connection, ReadOnlySpan<byte> message, bool isBinary) =>
        throw new LoadException("a message that nothing asked for");
}
