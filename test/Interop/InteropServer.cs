using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SocketIO;
using SocketIO.AspNetCore;
using SocketIO.Parsing;
using TestKit;

namespace Interop.Tests;

/// <summary>The server that the scenarios talk to, written with the public API only.</summary>
internal static partial class InteropServer
{
    public static Task<WebServer> StartAsync(int port = 0, IPacketParser? parser = null) => WebServer.StartAsync(
        builder => builder.Services.AddSocketIO(options =>
        {
            options.AllowEIO3 = true;
            options.Parser = parser;
            options.CleanupEmptyChildNamespaces = true;
            options.SerializerOptions = JsonSerializerOptions.Web;
        }),
        app =>
        {
            Map(app.MapSocketIO());
            app.MapGet("/announce", async (string text, SocketIOServer io) => await io.EmitAsync("announcement", text));
        },
        port: port);

    /// <summary>No session outlives its client, and no error was logged.</summary>
    public static async Task AssertNothingIsLeftAsync(WebServer server)
    {
        var io = server.Services.GetRequiredService<SocketIOServer>();
        await Deadline.UntilAsync(() => io.Engine.ClientsCount == 0, "all sessions to end");
        Assert.All(io.Namespaces.Values, ns => Assert.Empty(ns.Sockets));
        Assert.DoesNotContain(io.Namespaces.Keys, name => name.StartsWith("/workspace-", StringComparison.Ordinal));
        Assert.Empty(server.Log.Errors);
    }

    private static void Map(SocketIOServer io)
    {
        var reasons = new ConcurrentDictionary<string, TaskCompletionSource<string>>();
        TaskCompletionSource<string> ReasonOf(string id) => reasons.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        void Watch(ServerSocket socket) => socket.OnDisconnected(info => ReasonOf(socket.Id).TrySetResult(info.Reason));

        io.NamespaceCreated += ns => ns.Use((socket, next) =>
            socket.Handshake.Query.ContainsKey("banned") ? throw new ConnectionRefusedException("banned") : next());
        io.Of("/observe").OnRequest<string, string>("reason of", id => ReasonOf(id).Task);

        var news = io.Of("/news");
        news.OnConnection(async socket =>
        {
            Watch(socket);
            socket.On<string>("tell all", text => news.EmitAsync("only news", text));
            await socket.EmitAsync("headline", "hello from /news");
        });

        var guarded = io.Of("/guarded");
        guarded.Use((socket, next) =>
        {
            var token = socket.Handshake.Auth.TryGetProperty("token", out var auth) ? auth.GetString() : socket.Handshake.Query.GetValueOrDefault("token");
            if (token != "secret") throw new ConnectionRefusedException("not authorized", new { Code = 401, Hint = "ask for a token" });
            socket.Data["user"] = $"bearer of {token}";
            return next();
        });
        guarded.OnConnection(async socket =>
        {
            socket.OnRequest("who am i", () => socket.Data["user"]);
            await socket.EmitAsync("let in");
        });

        io.Of("/limited").OnConnection(OnLimited);
        MapWorkspaces(io);

        var hits = new HitCounter();
        io.OnConnection(async socket =>
        {
            Watch(socket);
            OnEvents(socket);
            OnBinary(socket);
            OnAcks(socket);
            OnRooms(io, socket);
            OnVolatile(socket, hits);
            OnEnds(socket);
            OnNumbers(socket);
            OnDocumentation(socket);
            await socket.EmitAsync("hello", new
            {
                socket.Id,
                socket.Handshake.Auth,
                Lang = socket.Handshake.Query.GetValueOrDefault("lang"),
                Revision = (int)socket.Connection.Revision,
                Transport = socket.Connection.TransportName,
            });
            await CountAsync(socket);
        });
    }

    private sealed class HitCounter
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Add() => Interlocked.Increment(ref _count);
    }
}
