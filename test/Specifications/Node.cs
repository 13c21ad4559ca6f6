using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Adapters;
using TestKit;

namespace Specifications;

/// <summary>One server of a cluster, on a real Kestrel.</summary>
public sealed class Node : IAsyncDisposable
{
    private readonly WebServer _web;

    private Node(WebServer web, SocketIOServer io)
    {
        _web = web;
        Io = io;
    }

    public SocketIOServer Io { get; }

    public Uri Address => _web.BaseAddress;

    public LogRecorder Log => _web.Log;

    public IServiceProvider Services => _web.Services;

    public static async Task<Node> StartAsync(Func<ServerNamespace, IAdapter> adapter, TimeProvider time)
    {
        SocketIOServer io = null!;
        var web = await WebServer.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton(time);
                builder.Services.AddSocketIO(options => options.Adapter = adapter);
            },
            app => io = app.MapSocketIO());
        return new Node(web, io);
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();
}
