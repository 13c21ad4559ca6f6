using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using TestKit;

namespace Interop.Tests;

/// <summary>Runs a Node.js script of <c>clients/</c>, which reports its checks as lines of JSON.</summary>
internal static class Script
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <summary>The folder of this project in the sources, where npm installed the clients.</summary>
    public static string Folder { get; } = FindFolder();

    /// <summary>Runs a script; fails the test where one of its checks does.</summary>
    /// <param name="name">The file in <c>clients/</c>.</param>
    /// <param name="settings">What the script needs to know.</param>
    /// <param name="onAsk">Does what the script asks for, e.g. to restart the server.</param>
    public static async Task RunAsync(string name, IReadOnlyDictionary<string, object> settings, Func<string, Task>? onAsk = null)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
            Assert.Fail($"The JavaScript clients are not installed: run \"npm ci\" in {Folder} (./test.sh does).");

        using var process = Start(name, settings);
        var report = new ScriptReport();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await ReadAsync().WithDeadline($"{name} {JsonSerializer.Serialize(settings)} to end", Limit);
            await process.WaitForExitAsync().WithDeadline($"the process of {name} to exit");
        }
        catch (TimeoutException late)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{late.Message}\n{await errors}");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }

        report.AssertPassed(name, process.ExitCode, await errors);

        async Task ReadAsync()
        {
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                if (report.Add(line) is not { } request) continue;
                await (onAsk?.Invoke(request) ?? throw new InvalidOperationException($"{name} asks for {request}."));
                await process.StandardInput.WriteLineAsync("done");
                await process.StandardInput.FlushAsync();
            }
        }
    }

    private static Process Start(string name, IReadOnlyDictionary<string, object> settings)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", [$"clients/{name}", JsonSerializer.Serialize(settings)])
            {
                WorkingDirectory = Folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception)
        {
            Assert.Fail("Node.js was not found: install Node.js 20 or later (https://nodejs.org).");
            throw;
        }
    }

    private static string FindFolder()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "package.json"))) return folder;
        }

        throw new DirectoryNotFoundException("package.json of the interop tests was not found above the test's binaries.");
    }
}
