using System.Diagnostics;
using Load.Running;

namespace Load.Scenarios;

/// <summary>The CPU time that a server spends while something happens.</summary>
internal readonly struct CpuWindow
{
    private readonly ServerProcess _server;
    private readonly TimeSpan _cpu;
    private readonly long _started;

    private CpuWindow(ServerProcess server) => (_server, _cpu, _started) = (server, server.CpuTime(), Stopwatch.GetTimestamp());

    public static CpuWindow Begin(ServerProcess server) => new(server);

    /// <summary>The microseconds per operation.</summary>
    public double End(long operations, RunSettings settings)
    {
        var (cpu, elapsed) = (_server.CpuTime() - _cpu, Stopwatch.GetElapsedTime(_started));
        settings.Note($"{operations / elapsed.TotalSeconds:N0}/s, CPU {cpu / elapsed:P0}");
        return cpu.TotalMicroseconds / operations;
    }
}
