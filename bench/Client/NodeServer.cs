using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Client;

/// <summary>The official server, in a process of its own.</summary>
internal sealed class NodeServer : IDisposable
{
    private readonly Process _process;

    private NodeServer(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <param name="folder">Where its script is.</param>
    /// <param name="core">The core to pin it to; null for any.</param>
    public static async Task<NodeServer> StartAsync(string folder, string? core)
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        string[] command = ["node", "node.mjs", port.ToString(CultureInfo.InvariantCulture)];
        if (core is not null) command = ["taskset", "-c", core, .. command];
        var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadLineAsync();
        return new NodeServer(process, new Uri($"http://127.0.0.1:{port}"));
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
