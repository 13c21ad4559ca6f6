using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Adapters;
using TestKit;

namespace SocketIO.Redis.Tests.Recovery;

/// <summary>A server of a cluster whose clients may recover their sessions.</summary>
public sealed class RecoveryServer : IAsyncDisposable
{
    private readonly WebServer _web;

    private RecoveryServer(WebServer web, SocketIOServer io) => (_web, Io) = (web, io);

    public SocketIOServer Io { get; }

    public Uri Address => _web.BaseAddress;

    public LogRecorder Log => _web.Log;

    /// <summary>Starts a server, and waits until it is heard and hears.</summary>
    /// <param name="adapter">Makes its adapters.</param>
    /// <param name="servers">How many there are then.</param>
    /// <param name="configure">Sets more options.</param>
    public static async Task<RecoveryServer> StartAsync(Func<ServerNamespace, IAdapter> adapter, int servers, Action<SocketIOOptions>? configure = null)
    {
        SocketIOServer io = null!;
        var web = await WebServer.StartAsync(
            builder => builder.Services.AddSocketIO(options =>
            {
                options.ConnectionStateRecovery = new();
                options.Adapter = adapter;
                configure?.Invoke(options);
            }),
            app => io = app.MapSocketIO());
        var server = new RecoveryServer(web, io);
        await server.UntilCountAsync(servers);
        return server;
    }

    /// <summary>Waits until there are so many servers.</summary>
    public Task UntilCountAsync(int servers) => Deadline.RunAsync("the servers", async ct =>
    {
        while (await Io.Sockets.Adapter.GetServerCountAsync(ct) != servers) await Task.Delay(2, ct);
        return true;
    });

    public ValueTask DisposeAsync() => _web.DisposeAsync();
}
