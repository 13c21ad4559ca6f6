using System.Net;
using System.Net.WebSockets;
using EngineIO.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using TestKit;

namespace EngineIO.AspNetCore.Tests.WebSockets;

public sealed class ProtocolTests
{
    [Theory]
    [Trait("Spec", "EIO-WS-07")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Close_by_the_server_has_no_status(bool discard)
    {
        await using var host = await TestEngine.StartAsync();
        var (client, probe) = await host.OpenWebSocketAsync();
        await using var _1 = client;

        probe.Session.Close(discard);

        var frame = await client.WebSocket.ReceiveFrameAsync();
        Assert.Equal((WebSocketOpcode.Close, 0), (frame.Opcode, frame.Data.Length));
        Assert.Equal("forced close", (await probe.ClosedAsync()).Reason);
        await client.WebSocket.SendCloseAsync();
        Assert.False((await client.WebSocket.Wire.ReadToEndAsync()).IsReset);
    }

    [Fact]
    [Trait("Spec", "EIO-WS-04")]
    [Trait("Spec", "EIO-WS-15")]
    public async Task Each_websocket_follows_its_own_query()
    {
        await using var host = await TestEngine.StartAsync();
        var (client, probe) = await host.OpenPollingAsync();
        await using var _1 = client;
        await using var socket = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget + "&b64=1");
        await socket.SendTextAsync("5");
        await Deadline.UntilAsync(() => probe.Session.TransportName == "websocket", "the upgrade");

        probe.Session.Post(EngineFrame.Binary(new byte[] { 1, 2, 3 }));

        Assert.Equal("bAQID", (await socket.ReceiveAsync()).Text);
    }

    [Fact]
    [Trait("Spec", "SEC-HS-02")]
    public async Task Handshake_over_http2_opens_a_session()
    {
        EngineServer engine = null!;
        await using var server = await WebServer.StartAsync(
            builder => builder.Services.AddEngineIO(),
            app => engine = app.MapEngineIO(),
            HttpProtocols.Http2);
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var handler = new SocketsHttpHandler();
        using var invoker = new HttpMessageInvoker(handler);
        var address = new UriBuilder(server.BaseAddress) { Scheme = "ws", Path = "/engine.io/", Query = "EIO=4&transport=websocket" }.Uri;

        await socket.ConnectAsync(address, invoker, TestContext.Current.CancellationToken).WithDeadline();

        byte[] buffer = new byte[1000];
        var open = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken).WithDeadline();
        Assert.StartsWith("0{\"sid\":", System.Text.Encoding.UTF8.GetString(buffer, 0, open.Count), StringComparison.Ordinal);
        Assert.Equal(1, engine.ClientsCount);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken).WithDeadline();
        await Deadline.UntilAsync(() => engine.ClientsCount == 0, "the session to end");
        Assert.Empty(server.Log.Errors);
    }

    [Theory]
    [Trait("Spec", "EIO-ERR-05")]
    [InlineData("Sec-WebSocket-Version", "12")]
    [InlineData("Sec-WebSocket-Key", "short")]
    public async Task Upgrade_with_wrong_headers_opens_no_session(string name, string value)
    {
        await using var host = await TestEngine.StartAsync();
        await using var http = await RawHttp.ConnectAsync(host.Address);
        var headers = RawWebSocket.UpgradeHeaders().Select(header => header.Name == name ? (name, value) : header).ToArray();

        await http.SendAsync("GET", "/engine.io/?EIO=4&transport=websocket", (byte[]?)null, headers);

        Assert.Equal(400, (await http.ReadAsync()).Status);
        Assert.Equal(0, host.Engine.ClientsCount);
        Assert.False(host.HasSession);
    }

    [Fact]
    [Trait("Spec", "SEC-HS-02")]
    [Trait("Spec", "EIO-WS-14")]
    public async Task Clients_that_leave_at_any_moment_leave_nothing_behind()
    {
        await using var host = await TestEngine.StartAsync(echo: true);
        for (int i = 0; i < 50; i++)
        {
            await using var http = await RawHttp.ConnectAsync(host.Address);
            await http.SendAsync("GET", "/engine.io/?EIO=4&transport=websocket", (byte[]?)null, RawWebSocket.UpgradeHeaders());
            if (i % 2 == 0)
                await http.ReadAsync();
            if (i % 3 == 0)
                await http.Wire.WriteAsync(RawWebSocket.Frame(WebSocketOpcode.Text, "4x"u8).AsMemory(0, 1 + (i % 7)));
            http.Wire.Reset();
        }

        await Deadline.UntilAsync(() => host.Engine is { ClientsCount: 0, Wheel.Count: 0 }, "every session to end");
    }
}
