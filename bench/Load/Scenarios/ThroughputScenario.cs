using System.Diagnostics;
using Load.Running;
using Load.WebSockets;

namespace Load.Scenarios;

/// <summary>Keeps a number of messages in flight, each sent when another has come back, and measures the server's CPU time per operation.</summary>
internal abstract class ThroughputScenario(string row, int connections) : IScenario, IMessageReceiver
{
    private long _operations;
    private int _inFlight;
    private bool _isStopping;

    public IReadOnlyList<Figure> Run(ServerProcess server, RunSettings settings)
    {
        using var crowd = new Crowd(server);
        crowd.Open(connections, this);
        Prepare(crowd, server.Kind.Wire);
        Start(crowd);
        crowd.Loop.RunFor(settings.Warmup);

        var (operations, cpu, started) = (_operations, server.CpuTime(), Stopwatch.GetTimestamp());
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        crowd.Loop.RunFor(settings.Window);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        (operations, cpu) = (_operations - operations, server.CpuTime() - cpu);
        var elapsed = Stopwatch.GetElapsedTime(started);

        if (operations == 0) throw new LoadException("nothing came back");
        if (allocated != 0) settings.Warn($"the generator allocated {allocated} bytes");
        settings.Note($"{operations / elapsed.TotalSeconds:N0}/s, CPU {cpu / elapsed:P0}");

        _isStopping = true;
        crowd.Loop.RunUntil(() => _inFlight == 0, "the last answers");
        crowd.Close();
        return [new(row, cpu.TotalMicroseconds / operations)];
    }

    public abstract void Receive(WebSocketConnection connection, ReadOnlySpan<byte> message, bool isBinary);

    /// <summary>Joins rooms, makes messages: what is not measured.</summary>
    protected abstract void Prepare(Crowd crowd, Wires.IWire wire);

    /// <summary>Sends the first messages.</summary>
    protected abstract void Start(Crowd crowd);

    /// <summary>Counts what has come back.</summary>
    protected void Count(int operations) => _operations += operations;

    /// <summary>A message goes out.</summary>
    protected void Begin() => _inFlight++;

    /// <summary>All that it caused has come back; true when another may follow.</summary>
    protected bool End()
    {
        _inFlight--;
        return !_isStopping;
    }
}
