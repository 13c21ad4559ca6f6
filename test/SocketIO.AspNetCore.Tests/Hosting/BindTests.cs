using EngineIO.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TestKit;

namespace SocketIO.AspNetCore.Tests.Hosting;

/// <summary>Engines, sessions and requests that the application brings.</summary>
public sealed class BindTests
{
    [Fact, Trait("Spec", "SRV-ATT-06"), Trait("Spec", "SRV-API-02")]
    public async Task AnotherEngineMayBeBound()
    {
        await using var engine = new EngineServer(new() { Path = "/other", AllowEIO3 = true, Transports = EngineTransports.WebSocket }, NullLoggerFactory.Instance, TimeProvider.System);
        await using var io = NewServer();
        await using var web = await WebServer.StartAsync(null, app =>
        {
            engine.MapTo(app);
            io.Engine.MapTo(app);
            io.Bind(engine);
        });
        await using var one = await SocketClient.OpenAsync(web.BaseAddress, "/other/");
        await using var two = await SocketClient.OpenAsync(web.BaseAddress, "/socket.io/");
        await using var old = await SocketClient.OpenAsync(web.BaseAddress, "/other/", revision: 3);
        foreach (var client in (SocketClient[])[one, two]) await JoinAsync(client);
        Assert.Equal("40", await old.ReceiveTextAsync());
        Assert.Equal((2, 1), (engine.ClientsCount, io.Engine.ClientsCount));
        await Deadline.UntilAsync(() => io.Sockets.Sockets.Count == 3, "the sockets");
        await io.EmitAsync("news");
        foreach (var client in (SocketClient[])[one, two, old]) Assert.Equal("42[\"news\"]", await client.ReceiveTextAsync());

        await io.CloseAsync(TestContext.Current.CancellationToken);
        foreach (var client in (SocketClient[])[one, two, old]) Assert.True((await client.ReceiveEndAsync()).IsEnd);
        Assert.Equal(0, engine.ClientsCount);
    }

    [Fact, Trait("Spec", "SRV-ATT-06"), Trait("Spec", "SRV-API-02")]
    public async Task ASessionMayBeGivenToOneServerOrAnother()
    {
        await using var engine = new EngineServer(new() { Path = "/shared" }, NullLoggerFactory.Instance, TimeProvider.System);
        await using var blue = NewServer();
        await using var red = NewServer();
        await using var web = await WebServer.StartAsync(null, app => engine.MapTo(app));
        engine.OnConnection(session => (session.Handshake.Query["team"] == "red" ? red : blue).HandleConnection(session));

        await using var client = await SocketClient.OpenAsync(web.BaseAddress, "/shared/", extra: "&team=red");
        await JoinAsync(client);
        await Deadline.UntilAsync(() => red.Sockets.Sockets.Count == 1, "the socket");
        Assert.Empty(blue.Sockets.Sockets);
        await red.CloseAsync(TestContext.Current.CancellationToken);
        // The engine is the application's; the closed server takes no session of it.
        await using var late = await RawWebSocket.ConnectAsync(web.BaseAddress, "/shared/?EIO=4&transport=websocket&team=red");
        Assert.True((await late.ReceiveEndAsync()).IsEnd);
        await using var other = await SocketClient.OpenAsync(web.BaseAddress, "/shared/", extra: "&team=blue");
        await JoinAsync(other);
    }

    [Fact, Trait("Spec", "SRV-ATT-07")]
    public async Task TheApplicationMayRouteRequestsItself()
    {
        SocketIOServer io = null!;
        await using var web = await WebServer.StartAsync(
            builder => builder.Services.AddSocketIO(),
            app =>
            {
                io = app.Services.GetRequiredService<SocketIOServer>();
                Echo(io);
                app.UseWebSockets();
                app.Use((context, next) => context.Request.Path.StartsWithSegments("/by-hand", StringComparison.Ordinal) ? io.HandleAsync(context) : next(context));
            });
        await using var socket = await SocketClient.OpenAsync(web.BaseAddress, "/by-hand");
        await JoinAsync(socket);
        await using var polling = await PollingClient.OpenAsync(web.BaseAddress, "/by-hand/and/deeper");
        await polling.SendAsync("40");
        Assert.StartsWith("40{", await polling.ReceiveAsync());
        await using var upgraded = await RawWebSocket.ConnectAsync(web.BaseAddress, polling.UpgradeTarget);
        await upgraded.SendTextAsync("2probe");
        Assert.Equal("3probe", (await upgraded.ReceiveAsync()).Text);
        Assert.Equal(404, (await RawHttp.GetAsync(web.BaseAddress, "/socket.io/?EIO=4&transport=polling")).Status);
    }

    private static SocketIOServer NewServer()
    {
        var io = new SocketIOServer();
        Echo(io);
        return io;
    }

    private static void Echo(SocketIOServer io) => io.OnConnection(socket => socket.On<string>("echo", text => socket.EmitAsync("echo", text)));

    private static async Task JoinAsync(SocketClient client)
    {
        await client.SendAsync("40");
        Assert.StartsWith("40{", await client.ReceiveTextAsync());
        await client.SendAsync("42[\"echo\",\"hi\"]");
        Assert.Equal("42[\"echo\",\"hi\"]", await client.ReceiveTextAsync());
    }
}
