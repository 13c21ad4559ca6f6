using System.Diagnostics;
using Load.Running;

namespace Load.Scenarios;

/// <summary>The CPU time that a server spends while something happens.</summary>
internal readonly struct CpuWindow
{
    private const double Quiet = 0.05; // of a core, for all processes that are none of ours

    private readonly ServerProcess _server;
    private readonly (TimeSpan Server, TimeSpan Generator, TimeSpan All) _before;
    private readonly long _started;

    private CpuWindow(ServerProcess server) => (_server, _before, _started) = (server, Read(server), Stopwatch.GetTimestamp());

    public static CpuWindow Begin(ServerProcess server) => new(server);

    /// <summary>The microseconds per operation. Notes how busy everyone was, and who had no business to be.</summary>
    public double End(long operations, RunSettings settings)
    {
        var (after, elapsed) = (Read(_server), Stopwatch.GetElapsedTime(_started));
        var server = after.Server - _before.Server;
        var generator = after.Generator - _before.Generator;
        var others = after.All - _before.All - server - generator;
        settings.Note($"{operations / elapsed.TotalSeconds:N0}/s, CPU {server / elapsed:P0}, generator {generator / elapsed:P0}");
        if (others > elapsed * Quiet) settings.Warn($"other processes {others / elapsed:P0}");
        return server.TotalMicroseconds / operations;
    }

    private static (TimeSpan Server, TimeSpan Generator, TimeSpan All) Read(ServerProcess server) =>
        (server.CpuTime(), Environment.CpuUsage.TotalTime, Machine.CpuTime());
}
