using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SocketIO.AspNetCore;
using TestKit;

namespace SocketIO.Client.Tests;

/// <summary>Our own server on a real Kestrel.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly WebServer _web;

    private Server(WebServer web, SocketIOServer io)
    {
        _web = web;
        Io = io;
    }

    public SocketIOServer Io { get; }

    public Uri Address => _web.BaseAddress;

    public static async Task<Server> StartAsync(Action<SocketIOServer>? setUp = null, Action<SocketIOOptions>? options = null, int port = 0)
    {
        SocketIOServer io = null!;
        var web = await WebServer.StartAsync(
            builder => builder.Services.AddSocketIO(options),
            app =>
            {
                io = app.MapSocketIO();
                setUp?.Invoke(io);
            },
            port: port);
        return new Server(web, io);
    }

    public Task StopAsync() => _web.StopAsync();

    public ValueTask DisposeAsync() => _web.DisposeAsync();
}
