using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TestKit;

namespace SocketIO.AspNetCore.Tests;

public sealed class HandshakeTests
{
    [Fact, Trait("Spec", "SRV-SOCK-02"), Trait("Spec", "SRV-NET-10")]
    [Trait("Behaviour", "socket.io/test/socket.ts:649"), Trait("Behaviour", "socket.io/test/socket.ts:660")]
    public async Task ShowsTheFirstRequest()
    {
        await using var server = await TestServer.StartAsync(fakeTime: true);
        await using var client = await server.OpenAsync(
            extra: "&a=1&b=x%20y&a=2", headers: [("X-Custom", "value"), ("Origin", "http://other.example"), ("Cookie", "c=1")]);
        await client.JoinAsync(auth: "{\"token\":\"abc\"}");
        var handshake = client.Socket.Handshake;
        Assert.Equal("value", handshake.Headers["x-custom"]);
        Assert.Equal("c=1", handshake.Headers["cookie"]);
        Assert.Equal("2", handshake.Query["a"]);
        Assert.Equal("x y", handshake.Query["b"]);
        Assert.Equal("4", handshake.Query["EIO"]);
        Assert.Equal("/socket.io/?EIO=4&transport=websocket&a=1&b=x%20y&a=2", handshake.Url);
        Assert.Equal("127.0.0.1", handshake.Address);
        Assert.True(handshake.XDomain);
        Assert.False(handshake.Secure);
        Assert.Equal(server.Time.GetUtcNow(), handshake.IssuedAt);
        Assert.Equal(server.Time.GetUtcNow().ToUnixTimeMilliseconds(), handshake.Issued);
        Assert.Equal("2025-01-01T00:00:00.000Z", handshake.Time);
        Assert.False(handshake.User.Identity?.IsAuthenticated ?? false);
    }

    [Fact, Trait("Spec", "SRV-SOCK-03"), Trait("Spec", "SIO-CONN-03")]
    [Trait("Behaviour", "socket.io/test/socket.ts:673")]
    public async Task AuthBelongsToTheNamespaceAndIsEmptyWhereNoneWasSent()
    {
        await using var server = await TestServer.StartAsync(io =>
        {
            io.Of("/b");
            io.Of("/c");
        });
        await using var client = await server.ConnectAsync(auth: "{\"token\":\"123\",\"deep\":{\"a\":[1]}}");
        Assert.Equal("{\"token\":\"123\",\"deep\":{\"a\":[1]}}", client.Socket.Handshake.Auth.GetRawText());
        Assert.Equal("123", client.Socket.Handshake.GetAuth<Credentials>()!.token);
        await client.JoinAsync("/b", "{\"token\":\"456\"}");
        Assert.Equal("456", client.Socket.Handshake.Auth.GetProperty("token").GetString());
        await client.JoinAsync("/c");
        Assert.Equal("{}", client.Socket.Handshake.Auth.GetRawText());
        Assert.Null(client.Socket.Handshake.GetAuth<Credentials>()!.token);
    }

    [Fact, Trait("Spec", "SRV-SOCK-02")]
    public async Task CanBeEmittedUnderTheNamesOfTheReference()
    {
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket => socket.EmitAsync("handshake", socket.Handshake)));
        await using var client = await server.OpenAsync();
        await client.SendAsync("40{\"a\":1}");
        await client.ReceiveAsync();
        var emitted = JsonDocument.Parse((await client.ReceiveAsync())[2..]).RootElement[1];
        Assert.Equal(
            ["headers", "time", "address", "xdomain", "secure", "issued", "url", "query", "auth"], emitted.EnumerateObject().Select(property => property.Name));
        Assert.Equal(1, emitted.GetProperty("auth").GetProperty("a").GetInt32());
    }

    [Fact, Trait("Spec", "SRV-SOCK-04"), Trait("Spec", "SRV-SOCK-19"), Trait("Spec", "SRV-SOCK-08")]
    [Trait("Behaviour", "socket.io/test/socket.ts:628"), Trait("Behaviour", "socket.io/test/socket.ts:638")]
    public async Task ASocketHasBagsAndNavigation()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        var socket = client.Socket;
        Assert.Empty(socket.Data);
        socket.Data["name"] = "n";
        socket.Items[this] = 1;
        Assert.Equal("n", socket.Data["name"]);
        Assert.Single(socket.Items);
        Assert.Same(server.Io, socket.Server);
        Assert.Same(server.Io.Sockets, socket.Namespace);
        Assert.Same(server.Io.Sockets, server.Io.Of(""));
        Assert.Equal("websocket", socket.Connection.TransportName);
        Assert.Equal(client.Raw.Sid, socket.Client.Session.Id);
        Assert.Equal([socket], socket.Client.Sockets);
    }

    [Fact, Trait("Spec", "SRV-MW-12"), Trait("Spec", "SRV-ATT-13"), Trait("Spec", "SRV-ATT-04")]
    [Trait("Behaviour", "socket.io/test/server-attachment.ts:158")]
    public async Task TwoServersShareAHostAndTakeEndpointConventions()
    {
        SocketIOServer first = null!, second = null!;
        await using var web = await WebServer.StartAsync(
            builder =>
            {
                builder.Services.AddSocketIO();
                builder.Services.AddSocketIO("second", options => options.Path = "/second");
                builder.Services.AddAuthorization();
                builder.Services.AddAuthentication();
            },
            app =>
            {
                app.MapGet("/", () => "home");
                first = app.MapSocketIO();
                second = app.MapSocketIO("second");
                second.RequireHost("second.example");
            });
        Assert.Same(first, web.Services.GetRequiredService<SocketIOServer>());
        Assert.Same(second, web.Services.GetRequiredKeyedService<SocketIOServer>("second"));
        await using var http = await RawHttp.ConnectAsync(web.BaseAddress);
        await http.SendAsync("GET", "/", (byte[]?)null);
        Assert.Equal("home", (await http.ReadAsync()).Text);
        await http.SendAsync("GET", "/socket.io/?EIO=4&transport=polling", (byte[]?)null);
        Assert.StartsWith("0{", (await http.ReadAsync()).Text);
        await http.SendAsync("GET", "/second/?EIO=4&transport=polling", (byte[]?)null);
        Assert.Equal(404, (await http.ReadAsync()).Status);
        Assert.Equal((1, 0), (first.Engine.ClientsCount, second.Engine.ClientsCount));
    }

    [Fact, Trait("Spec", "SRV-ATT-07")]
    public async Task TheHostMayRouteRequestsItself()
    {
        SocketIOServer io = null!;
        await using var web = await WebServer.StartAsync(
            builder => builder.Services.AddSocketIO(),
            app =>
            {
                io = app.Services.GetRequiredService<SocketIOServer>();
                app.UseWebSockets();
                app.Map("/own", branch => branch.Run(io.HandleAsync));
            });
        await using var client = await SocketClient.OpenAsync(web.BaseAddress, "/own");
        await client.SendAsync("40");
        Assert.StartsWith("40{", await client.ReceiveTextAsync());
        Assert.Equal(1, io.Engine.ClientsCount);
    }

    private sealed record Credentials(string? token);
}
