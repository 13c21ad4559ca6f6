using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using TestKit;

namespace Interop.Tests.Proxy;

/// <summary>A real nginx in front of servers, with a configuration and a folder of its own.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private static readonly string? s_path = new[] { "/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx", "/usr/local/bin/nginx" }.FirstOrDefault(File.Exists);

    private readonly Process _process;
    private readonly string _folder;

    private Nginx(Process process, string folder, Uri address)
    {
        _process = process;
        _folder = folder;
        Address = address;
    }

    public static bool IsInstalled => s_path is not null;

    public Uri Address { get; }

    /// <summary>Starts an nginx.</summary>
    /// <param name="http">What its <c>http</c> block says besides the server: at least the upstream <c>nodes</c>.</param>
    /// <param name="target">Where requests go.</param>
    public static async Task<Nginx> StartAsync(string http, string target = "nodes")
    {
        string folder = Directory.CreateTempSubdirectory("nginx-").FullName;
        int port = FreePort();
        string temporary = string.Concat(new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(kind => $"{kind}_temp_path {folder}/{kind};\n"));
        await File.WriteAllTextAsync(Path.Combine(folder, "nginx.conf"), $$"""
            daemon off;
            master_process off;
            pid {{folder}}/nginx.pid;
            error_log stderr warn;
            events { worker_connections 256; }
            http {
              {{temporary}}
              access_log off;
              map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
              {{http}}
              server {
                listen 127.0.0.1:{{port}};
                location / {
                  proxy_pass http://{{target}};
                  proxy_http_version 1.1;
                  proxy_set_header Host $host;
                  proxy_set_header Upgrade $http_upgrade;
                  proxy_set_header Connection $connection_upgrade;
                  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                  proxy_set_header X-Forwarded-Proto https;
                }
              }
            }
            """);
        var process = Process.Start(new ProcessStartInfo(s_path!, ["-e", "stderr", "-p", folder, "-c", "nginx.conf"]) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var nginx = new Nginx(process, folder, new Uri($"http://127.0.0.1:{port}"));
        try
        {
            await Deadline.UntilAsync(() => process.HasExited || IsListening(port), "nginx to listen");
            if (process.HasExited) throw new InvalidOperationException(await errors);
            return nginx;
        }
        catch
        {
            await nginx.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync().WithDeadline("nginx to exit");
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool IsListening(int port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
