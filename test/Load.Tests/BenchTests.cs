using System.Diagnostics;

namespace Load.Tests;

/// <summary>The benchmarks run, and every byte that comes back is right.</summary>
public sealed class BenchTests
{
    [Fact]
    public async Task Every_scenario_runs_on_this_server()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the generator is built on epoll");
        // <root>/test/Load.Tests/bin/<configuration>/<framework>/
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var root = output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        var program = Path.Combine(root, "bench", "Load", "bin", output.Parent.Name, output.Name, "Load.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--quick", "--servers", "socketio", "--only", "echo,ack,rooms,binary,polling,connect"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var table = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, await errors);
        Assert.Contains("| echo, 100 connections × 8 in flight | µs | ", table, StringComparison.Ordinal);
        Assert.DoesNotContain("–", table, StringComparison.Ordinal);
    }
}
