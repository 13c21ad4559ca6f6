using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

[assembly: AssemblyFixture(typeof(Conformance.Tests.ConformanceServers))]

namespace Conformance.Tests;

/// <summary>
/// One conformance server per mode, each in a process of its own. <c>CONFORMANCE_EIO4=http://…</c> (and so on) points the tests of a mode
/// at a server that already runs, for instance at one made of the official packages; <c>CONFORMANCE_REFERENCE=1</c> says that it is such a
/// one, so that the tests of our deliberate differences are skipped.
/// </summary>
public sealed class ConformanceServers : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<Uri>>> _servers = new();
    private readonly ConcurrentBag<Process> _processes = [];

    public static bool IsReference => Environment.GetEnvironmentVariable("CONFORMANCE_REFERENCE") == "1";

    /// <summary>The base address of a mode's server, which is started when first asked for.</summary>
    public Task<Uri> GetAsync(string mode) => _servers.GetOrAdd(mode, key => new Lazy<Task<Uri>>(() => StartAsync(key))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private async Task<Uri> StartAsync(string mode)
    {
        if (Environment.GetEnvironmentVariable("CONFORMANCE_" + mode.ToUpperInvariant()) is { Length: > 0 } address)
            return new Uri(address);

        string dotnet = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet");
        var start = new ProcessStartInfo(dotnet) { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Conformance.Server.dll"));
        foreach (string argument in (string[])["--mode", mode, "--port", "0", .. mode == "sio" ? (string[])["--allow-eio3"] : []])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        _processes.Add(process);

        const string Prefix = "listening on ";
        string line = await process.StandardOutput.ReadLineAsync().WithDeadline($"the server of mode {mode}", TimeSpan.FromSeconds(30)) ?? "";
        Assert.StartsWith(Prefix, line, StringComparison.Ordinal);
        _ = process.StandardOutput.ReadToEndAsync();
        return new Uri("http://127.0.0.1:" + int.Parse(line.AsSpan(Prefix.Length), CultureInfo.InvariantCulture));
    }
}
