using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SocketIO.AspNetCore;
using TestKit;

namespace SocketIO.Redis.Tests.Mixed;

/// <summary>Our server and an official one, a cluster over one Redis, for all tests of a class; each takes a namespace of its own.</summary>
public abstract class MixedServers(SharedRedis redis, ClusterKind kind, bool recovers = false) : IAsyncLifetime
{
    private WebServer _web = null!;
    private int _last;

    public string Prefix { get; } = SharedRedis.NextPrefix();

    public RedisServer Redis => redis.Server;

    public SocketIOServer Io { get; private set; } = null!;

    public Uri Address => _web.BaseAddress;

    public NodeServer Official { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _web = await WebServer.StartAsync(
            builder => kind.Add(builder.Services.AddSocketIO(options => options.ConnectionStateRecovery = recovers ? new() : null), redis.Address, Prefix, null),
            app => Io = app.MapSocketIO());
        object server = recovers ? new { connectionStateRecovery = new { } } : new { };
        Official = await NodeServer.StartAsync("cluster.mjs", new { adapter = kind.Adapter, redis = redis.Server.Port, settings = kind.Settings(Prefix), server });
    }

    public async ValueTask DisposeAsync()
    {
        await Official.DisposeAsync();
        await _web.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens a namespace on both, and waits until each hears the other.</summary>
    internal async Task<MixedNamespace> OpenAsync(string? name = null)
    {
        name ??= $"/test{Interlocked.Increment(ref _last)}";
        var ours = Io.Of(name);
        if (name != "/") await Official.CallAsync("open", name);
        await Subscribed.UntilAsync(ours, 2);
        return new MixedNamespace(this, ours);
    }

    internal static string Text(JsonElement element) => element.GetString()!;
}
