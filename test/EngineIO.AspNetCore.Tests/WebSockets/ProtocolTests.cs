using EngineIO.AspNetCore.Tests.Sessions;
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
        await using var host = await EngineHost.StartAsync();
        var (client, probe) = await host.OpenWebSocketAsync();
        await using var _1 = client;

        probe.Inner.Close(discard);

        var frame = await client.WebSocket.ReceiveFrameAsync();
        Assert.Equal((WebSocketOpcode.Close, 0), (frame.Opcode, frame.Data.Length));
        await probe.AssertClosedAsync("forced close");
        await client.WebSocket.SendCloseAsync();
        Assert.False((await client.WebSocket.Wire.ReadToEndAsync()).IsReset);
    }

    [Fact]
    [Trait("Spec", "EIO-WS-04")]
    [Trait("Spec", "EIO-WS-15")]
    public async Task Each_websocket_follows_its_own_query()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, probe) = await host.OpenPollingAsync();
        await using var _1 = client;
        await using var socket = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget + "&b64=1");
        await socket.SendTextAsync("5");
        await Deadline.UntilAsync(() => probe.Inner.TransportName == "websocket", "the upgrade");

        probe.Inner.Post(EngineFrame.Binary(new byte[] { 1, 2, 3 }));

        Assert.Equal("bAQID", (await socket.ReceiveAsync()).Text);
    }

    [Theory]
    [Trait("Spec", "EIO-ERR-05")]
    [InlineData("Sec-WebSocket-Version", "12")]
    [InlineData("Sec-WebSocket-Key", "short")]
    public async Task Upgrade_with_wrong_headers_opens_no_session(string name, string value)
    {
        await using var host = await EngineHost.StartAsync();
        await using var http = await RawHttp.ConnectAsync(host.Address);
        var headers = RawWebSocket.UpgradeHeaders().Select(header => header.Name == name ? (name, value) : header).ToArray();

        await http.SendAsync("GET", "/engine.io/?EIO=4&transport=websocket", (byte[]?)null, headers);

        Assert.Equal(400, (await http.ReadAsync()).Status);
        Assert.Equal(0, host.Engine.ClientsCount);
    }

    [Fact]
    [Trait("Spec", "SEC-HS-02")]
    [Trait("Spec", "EIO-WS-14")]
    public async Task Clients_that_leave_at_any_moment_leave_nothing_behind()
    {
        await using var host = await EngineHost.StartAsync(onConnection: Echo);
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

    private static void Echo(WatchedSession session) => session.Handle = message => session.Inner.SendAsync(EngineFrame.Message(message));
}
