using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace TestKit;

/// <summary>
/// An official server: a script of <c>test/Peers/servers</c> in a Node.js process of its own, which ends with this one. The test gives commands and
/// awaits what the script reports.
/// </summary>
public sealed class NodeServer : IAsyncDisposable
{
    private readonly string _script;
    private readonly Dictionary<string, object?> _options;
    private NodeProcess _process;

    private NodeServer(string script, Dictionary<string, object?> options, NodeProcess process)
    {
        (_script, _options, _process) = (script, options, process);
        string scheme = options.GetValueOrDefault("tls") is null ? "http" : "https";
        Address = new Uri($"{scheme}://127.0.0.1:{Port}");
    }

    public Uri Address { get; }

    /// <summary>What the script has reported since it was started last; for what is yet to come see <see cref="EventAsync"/>.</summary>
    public IReadOnlyList<JsonElement> Events => _process.Events.All;

    private int Port => (int)_options["port"]!;

    /// <summary>Starts a script and waits until it listens.</summary>
    /// <param name="script">A file name of <c>test/Peers/servers</c>, e.g. <c>socketio.mjs</c>.</param>
    /// <param name="options">What the script gets on its command line, as JSON with camel case names; its head says what it knows.</param>
    /// <param name="port">The port; 0 for a free one. It stays the same over restarts.</param>
    public static async Task<NodeServer> StartAsync(string script, object? options = null, int port = 0)
    {
        var all = JsonSerializer.SerializeToElement(options ?? new { }, JsonSerializerOptions.Web)
            .Deserialize<Dictionary<string, object?>>()!
            .Where(option => option.Value is not null).ToDictionary();
        all["port"] = port == 0 ? Ports.Free() : port;
        return new NodeServer(script, all, await NodeProcess.StartAsync(script, all).ConfigureAwait(false));
    }

    /// <summary>Has the script do something.</summary>
    /// <returns>What the command gave.</returns>
    /// <exception cref="InvalidOperationException">The command failed, or the process has ended.</exception>
    public Task<JsonElement> CallAsync(string command, params object?[] args) => _process.CallAsync(command, args);

    /// <summary>The first event of a name, and of which <paramref name="match"/> holds, that no call has taken yet.</summary>
    public Task<JsonElement> EventAsync(string name, Func<JsonElement, bool>? match = null) => _process.Events.TakeAsync(name, match);

    /// <summary>Ends the server as Ctrl+C does: its connections end with the process.</summary>
    public Task StopAsync() => _process.StopAsync();

    /// <summary>Ends the process at once, as a crash does.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <summary>Starts it again at the same address, with an empty memory; kills it before if it still runs.</summary>
    public async Task RestartAsync()
    {
        await KillAsync().ConfigureAwait(false);
        _process = await NodeProcess.StartAsync(_script, _options).ConfigureAwait(false);
    }

    /// <summary>Stops the process where it stands; connections stay open, nothing is read.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    public Task ThawAsync() => SignalAsync("CONT");

    public ValueTask DisposeAsync() => new(_process.KillAsync());

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WithDeadline($"kill -{signal}").ConfigureAwait(false);
    }
}
