using System.Collections.Concurrent;
using SocketIO;
using SocketIO.AspNetCore;
using TestKit;

namespace Interop.Tests.Tutorials;

/// <summary>https://socket.io/docs/v4/how-it-works/#upgrade-mechanism</summary>
[Trait("Spec", "SRV-SCN-16")]
public sealed class UpgradeTrackingTests
{
    [Fact]
    public async Task OnTheWire()
    {
        await using var server = await StartAsync();
        await using var polling = await PollingClient.OpenAsync(server.BaseAddress, "/socket.io/");
        await polling.SendAsync("40");
        Assert.StartsWith("40{", await polling.ReceiveAsync());
        await polling.SendAsync("420[\"transports\"]");
        Assert.Equal("430[[\"polling\"]]", await polling.ReceiveAsync());

        await using var socket = await RawWebSocket.ConnectAsync(server.BaseAddress, polling.UpgradeTarget);
        await socket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await socket.ReceiveAsync()).Text);
        await socket.SendTextAsync("5");
        await socket.SendTextAsync("421[\"transports\"]");
        Assert.Equal("431[[\"polling\",\"websocket\"]]", (await socket.ReceiveAsync()).Text);
    }

    [Fact]
    public async Task WithTheOfficialClient()
    {
        await using var server = await StartAsync();
        await Tutorial.RunAsync(server, "upgrade-tracking");
    }

    private static Task<WebServer> StartAsync() => Tutorial.StartAsync(io => io.OnConnection(socket =>
    {
        var transports = new ConcurrentQueue<string>([socket.Connection.TransportName]);
        socket.Connection.Upgraded += () => transports.Enqueue(socket.Connection.TransportName);
        socket.OnRequest("transports", () => transports.ToArray());
    }));
}
