using Load.Running;
using Load.Sockets;

namespace Load.Scenarios;

/// <summary>Keeps a number of messages in flight, each sent when another has come back, and measures the server's CPU time per operation.</summary>
internal abstract class ThroughputScenario(string row) : IScenario
{
    private long _operations;
    private int _inFlight;
    private bool _isStopping;

    public IReadOnlyList<Figure> Run(ServerProcess server, RunSettings settings)
    {
        using var loop = new EventLoop();
        Open(server, loop);
        Start();
        loop.RunFor(settings.Warmup);

        var (operations, cpu) = (_operations, CpuWindow.Begin(server));
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        loop.RunFor(settings.Window);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        operations = _operations - operations;
        if (operations == 0) throw new LoadException("nothing came back");
        var microseconds = cpu.End(operations, settings);
        if (allocated != 0) settings.Warn($"the generator allocated {allocated} bytes");

        _isStopping = true;
        loop.RunUntil(() => _inFlight == 0, "the last answers");
        Close();
        return [new(row, microseconds)];
    }

    /// <summary>Connects, joins rooms, makes messages: what is not measured.</summary>
    protected abstract void Open(ServerProcess server, EventLoop loop);

    /// <summary>Sends the first messages.</summary>
    protected abstract void Start();

    protected abstract void Close();

    /// <summary>A message goes out.</summary>
    protected void Begin() => _inFlight++;

    /// <summary>Counts what has come back.</summary>
    protected void Count() => _operations++;

    /// <summary>All that a message has caused has come back; true when another may follow.</summary>
    protected bool End()
    {
        _inFlight--;
        return !_isStopping;
    }
}
