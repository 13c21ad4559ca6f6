using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace TestKit;

/// <summary>One run of a script that speaks JSON lines over its stdin and stdout.</summary>
internal sealed class NodeProcess
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly Task _reading;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _calls = new();
    private int _lastCall;

    private NodeProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        _reading = ReadAsync();
    }

    public int Id => _process.Id;

    public EventLog Events { get; } = new();

    /// <summary>The folder of the scripts and of what npm installed for them.</summary>
    private static string Folder { get; } = FindFolder();

    public static async Task<NodeProcess> StartAsync(string script, IReadOnlyDictionary<string, object?> options)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
            throw new DirectoryNotFoundException($"The official servers are not installed: run \"npm ci\" in {Folder} (./test.sh does).");
        var process = new NodeProcess(Run(script, JsonSerializer.Serialize(options)));
        try
        {
            await process.Events.TakeAsync("listening", null, StartLimit).ConfigureAwait(false);
            return process;
        }
        catch
        {
            await process.KillAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task<JsonElement> CallAsync(string command, object?[] args)
    {
        int id = Interlocked.Increment(ref _lastCall);
        var reply = _calls[id] = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        string line = JsonSerializer.Serialize(new { id, command, args });
        lock (_calls)
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }

        if (_reading.IsCompleted) FailCalls();
        return await reply.Task.WithDeadline($"the reply to {command}").ConfigureAwait(false);
    }

    public async Task StopAsync()
    {
        if (!_process.HasExited) _process.StandardInput.Close();
        await _process.WaitForExitAsync().WithDeadline("Node.js to exit").ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WithDeadline("Node.js to be killed").ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            var report = JsonSerializer.Deserialize<JsonElement>(line);
            string name = report.GetProperty("event").GetString()!;
            if (name != "reply") Events.Add(name, report);
            else if (_calls.TryRemove(report.GetProperty("id").GetInt32(), out var call)) Complete(call, report);
        }

        Events.Fail(new InvalidOperationException($"Node.js has ended. {await _errors.ConfigureAwait(false)}"));
        FailCalls();
    }

    private static void Complete(TaskCompletionSource<JsonElement> call, JsonElement reply)
    {
        if (reply.TryGetProperty("error", out var error)) call.TrySetException(new InvalidOperationException(error.GetString()));
        else call.TrySetResult(reply.GetProperty("result"));
    }

    private void FailCalls()
    {
        foreach (var (id, call) in _calls)
        {
            if (_calls.TryRemove(id, out _)) call.TrySetException(new InvalidOperationException("Node.js has ended."));
        }
    }

    private static Process Run(string script, string options)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", [$"servers/{script}", options])
            {
                WorkingDirectory = Folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception error)
        {
            throw new InvalidOperationException("Node.js was not found: install Node.js 20 or later (https://nodejs.org).", error);
        }
    }

    private static string FindFolder()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "SocketIO.slnx"))) return Path.Combine(folder, "test", "Peers");
        }

        throw new DirectoryNotFoundException("SocketIO.slnx was not found above the test's binaries.");
    }
}
