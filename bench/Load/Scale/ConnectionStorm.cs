using System.Diagnostics;
using Load.Running;
using Load.Scenarios;
using Load.Sockets;
using Load.WebSockets;

namespace Load.Scale;

/// <summary>All come at once, as after a restart of a proxy, and all go without a word.</summary>
internal sealed class ConnectionStorm(string row, int connections) : IScenario, IConnectionObserver
{
    private const int AtOnce = 500; // what a server's backlog holds
    private const double Calm = 0.03; // of a core
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(500);

    public IReadOnlyList<Figure> Run(ServerProcess server, RunSettings settings)
    {
        using var loop = new EventLoop();
        var crowd = new Crowd(server, loop);
        crowd.Open(connections / 4, this, AtOnce);
        crowd.Close();

        var (cpu, started) = (CpuWindow.Begin(server), Stopwatch.GetTimestamp());
        crowd.Open(connections, this, AtOnce);
        var opening = Stopwatch.GetElapsedTime(started);
        started = Stopwatch.GetTimestamp();
        crowd.Drop();
        WaitForCalm(server, loop);
        var calming = Stopwatch.GetElapsedTime(started) - s_step;
        var microseconds = cpu.End(connections, settings);

        crowd.Open(count: 100, this); // it is still there
        crowd.Close();
        return [new($"{row} connect", opening.TotalSeconds), new($"{row} calm", calming.TotalSeconds), new($"{row} cpu", microseconds)];
    }

    public void OnMessage(WebSocketConnection connection, ReadOnlySpan<byte> message, bool isBinary) =>
        throw new LoadException("a message that nothing asked for");

    private static void WaitForCalm(ServerProcess server, EventLoop loop)
    {
        TimeSpan before, after = server.CpuTime();
        do
        {
            before = after;
            loop.RunFor(s_step);
            after = server.CpuTime();
        }
        while (after - before > s_step * Calm);
    }
}
