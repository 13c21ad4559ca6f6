using System.Runtime.InteropServices;
using Load.Polling;
using Load.Wires;

namespace Load.Running;

/// <summary>This server and its peers, as far as they are there.</summary>
internal sealed class ServerCatalog
{
    public const string Ours = "socketio";
    public const string Baseline = "baseline";

    private readonly string _configuration;
    private readonly string _framework;
    private readonly string _folder;
    private readonly LoadOptions _options;

    public ServerCatalog(LoadOptions options)
    {
        // <project>/bin/<configuration>/<framework>/
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        _framework = output.Name;
        _configuration = output.Parent!.Name;
        _folder = Path.Combine(output.Parent.Parent!.Parent!.FullName, "Servers");
        _options = options;
    }

    private string JavaScript => Path.Combine(_folder, "JavaScript");

    private string Modules => Path.Combine(JavaScript, "node_modules");

    /// <summary>What was asked for and can be started; what is missing is said.</summary>
    public IReadOnlyList<ServerKind> Find()
    {
        List<ServerKind> servers =
        [
            SocketIO(Ours, Dotnet("SocketIO", "SocketIOApp")),
            SocketIO("detached", [.. Dotnet("SocketIO", "SocketIOApp"), "--detached"]),
            .. _options.Baseline is { } baseline ? [SocketIO(Baseline, ["dotnet", Path.GetFullPath(baseline)])] : Array.Empty<ServerKind>(),
            new("kestrel", Dotnet("Kestrel", "KestrelApp"), new RawWire()),
            new("signalr", Dotnet("SignalR", "SignalRApp"), new SignalRWire()) { Polling = new SignalRPollingWire() },
        ];
        if (!Directory.Exists(Path.Combine(Modules, "socket.io"))) Missing("node, bun", "npm has not installed them");
        else
        {
            if (Tool.Version("node") is { } node) servers.Add(SocketIO("node", ["node", "--expose-gc", Path.Combine(JavaScript, "node.mjs")]));
            else Missing("node", "Node.js was not found");
            if (Tool.Version(Bun) is { } bun) servers.Add(SocketIO("bun", [Bun, Path.Combine(JavaScript, "bun.mjs")]));
            else Missing("bun", $"{Bun} does not run here");
        }

        return [.. servers.Where(server => _options.Servers is not { } names || names.Contains(server.Name))];
    }

    /// <summary>The versions of what is compared.</summary>
    public IEnumerable<string> Versions()
    {
        yield return RuntimeInformation.FrameworkDescription;
        if (Tool.Version("node") is { } node) yield return $"Node.js {node}";
        if (Tool.PackageVersion(Modules, "socket.io") is { } server) yield return $"socket.io {server}";
        if (Tool.PackageVersion(Modules, "ws") is { } ws) yield return $"ws {ws}";
        if (Tool.Version(Bun) is { } bun) yield return $"Bun {bun}";
        if (Tool.PackageVersion(Modules, "@socket.io/bun-engine") is { } engine) yield return $"@socket.io/bun-engine {engine}";
    }

    // The program itself: the command that npm offers would fetch it while it is installed, by a script.
    private string Bun => Path.Combine(Modules, "@oven", RuntimeInformation.ProcessArchitecture == Architecture.X64 ? "bun-linux-x64" : "bun-linux-aarch64", "bin", "bun");

    private static ServerKind SocketIO(string name, string[] command) => new(name, command, new SocketIOWire()) { Polling = new SocketIOPollingWire() };

    private static void Missing(string server, string why) => Console.Error.WriteLine($"skipped: {server}: {why}");

    private string[] Dotnet(string folder, string name) => ["dotnet", Path.Combine(_folder, folder, "bin", _configuration, _framework, name + ".dll")];
}
