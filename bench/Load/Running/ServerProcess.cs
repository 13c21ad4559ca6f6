using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Load.Running;

/// <summary>A running server, on a core of its own where there are two.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string Ready = "listening";
    private const int TicksPerSecond = 100; // USER_HZ, the unit of /proc/PID/stat
    private const int UserTime = 11; // fields behind the name, which is in brackets
    private const int SystemTime = 12;

    private static readonly ConcurrentDictionary<ServerProcess, bool> s_running = new();

    private readonly Process _process;
    private readonly int? _core;

    // A generator that is told to stop leaves no server behind.
    static ServerProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var (server, _) in s_running) server.Dispose();
    };

    private ServerProcess(ServerKind kind, Process process, int port, int? core)
    {
        (Kind, _process, Port, _core) = (kind, process, port, core);
        s_running[this] = true;
    }

    public ServerKind Kind { get; }

    public int Port { get; }

    public static ServerProcess Start(ServerKind kind, int? core, params IEnumerable<string> arguments)
    {
        var port = FreePort();
        string[] pinning = core is { } number ? ["taskset", "-c", number.ToString(CultureInfo.InvariantCulture)] : [];
        string[] command = [.. pinning, .. kind.Command, port.ToString(CultureInfo.InvariantCulture), .. arguments];
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true };
        // On one core the runtime would wait ten times as long before it compiles hot code again.
        start.Environment["DOTNET_TC_DelaySingleProcMultiplier"] = "1";
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["NODE_ENV"] = "production";
        var process = Process.Start(start) ?? throw new LoadException($"{kind.Name} does not start");
        var server = new ServerProcess(kind, process, port, core);
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line == Ready) return server;
        }

        server.Dispose();
        throw new LoadException($"{kind.Name} ended before it listened");
    }

    /// <summary>A fresh process of the same server.</summary>
    /// <param name="arguments">What its program is told beside the port: the seconds between pings.</param>
    public ServerProcess StartAnother(params IEnumerable<string> arguments) => Start(Kind, _core, arguments);

    /// <summary>Lets it collect its garbage.</summary>
    public void Collect()
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://localhost:{Port}/collect");
        using var response = http.Send(request);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>User and system time of all its threads.</summary>
    public TimeSpan CpuTime()
    {
        var stat = File.ReadAllText($"/proc/{_process.Id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[UserTime], CultureInfo.InvariantCulture) + long.Parse(fields[SystemTime], CultureInfo.InvariantCulture);
        return FromTicks(ticks);
    }

    /// <summary>The resident set, in bytes.</summary>
    public long ResidentBytes() =>
        long.Parse(File.ReadAllText($"/proc/{_process.Id}/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;

    public void Dispose()
    {
        if (!s_running.TryRemove(this, out _)) return;
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    internal static TimeSpan FromTicks(long ticks) => TimeSpan.FromSeconds((double)ticks / TicksPerSecond);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
