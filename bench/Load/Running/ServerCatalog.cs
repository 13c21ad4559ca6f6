using Load.Wires;

namespace Load.Running;

/// <summary>This server and its peers, as far as they are there.</summary>
internal static class ServerCatalog
{
    public const string Ours = "socketio";

    public static IReadOnlyList<ServerKind> Find(LoadOptions options)
    {
        // <root>/bin/<configuration>/<framework>/
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = output.Parent!.Name;
        var root = output.Parent.Parent!.Parent!.FullName;
        List<ServerKind> servers = [new(Ours, Dotnet("SocketIO", "SocketIOApp"), new SocketIOWire())];
        if (options.Baseline is { } baseline) servers.Add(new("baseline", ["dotnet", Path.GetFullPath(baseline)], new SocketIOWire()));
        servers.Add(new("kestrel", Dotnet("Kestrel", "KestrelApp"), new RawWire()));
        servers.Add(new("signalr", Dotnet("SignalR", "SignalRApp"), new SignalRWire()));
        return [.. servers.Where(server => options.Servers is not { } names || names.Contains(server.Name))];

        string[] Dotnet(string folder, string name) =>
            ["dotnet", Path.Combine(root, "Servers", folder, "bin", configuration, output.Name, name + ".dll")];
    }
}
