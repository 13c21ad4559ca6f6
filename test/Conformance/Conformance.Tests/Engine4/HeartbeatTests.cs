using System.Diagnostics;

namespace Conformance.Tests.Engine4;

/// <summary>Interval 300 ms, timeout 200 ms. Lower bounds are exact; upper ones only say that it ends.</summary>
public sealed class HeartbeatTests(ConformanceServers servers) : ModeTests(servers, "eio4", "/engine.io/")
{
    [Fact]
    [Trait("Spec", "EIO-HB-01")]
    public async Task Pings_come_at_the_interval_on_a_websocket()
    {
        await using var client = await OpenWebSocketAsync();
        for (int round = 0; round < 2; round++)
        {
            var watch = Stopwatch.StartNew();
            Assert.Equal("2", (await client.WebSocket.ReceiveAsync()).Text);
            Assert.InRange(watch.ElapsedMilliseconds, 200, 5000);
            await client.SendAsync("3");
        }
    }

    [Fact]
    [Trait("Spec", "EIO-HB-01")]
    [Trait("Spec", "EIO-HB-06")]
    public async Task Pings_come_at_the_interval_on_polling()
    {
        await using var client = await OpenPollingAsync();
        for (int round = 0; round < 2; round++)
        {
            var watch = Stopwatch.StartNew();
            Assert.Equal("2", (await client.GetAsync()).Text);
            Assert.InRange(watch.ElapsedMilliseconds, 200, 5000);
            await client.SendAsync("3");
        }
    }

    [Fact]
    [Trait("Spec", "EIO-HB-03")]
    public async Task Mute_websocket_is_closed()
    {
        await using var client = await OpenWebSocketAsync();
        var watch = Stopwatch.StartNew();

        Assert.Equal("2", (await client.WebSocket.ReceiveAsync()).Text);
        Assert.Equal("close without status", (await client.WebSocket.ReceiveAsync()).ToString());

        Assert.InRange(watch.ElapsedMilliseconds, 400, 5000);
    }

    [Fact]
    [Trait("Spec", "EIO-HB-03")]
    [Trait("Spec", "EIO-POLL-24")]
    public async Task Mute_poller_gets_a_close_packet()
    {
        await using var client = await OpenPollingAsync();

        Assert.Equal("2", (await client.GetAsync()).Text);
        Assert.Equal("1", (await client.GetAsync()).Text);

        AssertError(await client.GetAsync(), 1);
    }

    [Fact]
    [Trait("Spec", "EIO-HB-06")]
    [Trait("Spec", "SEC-HS-07")]
    public async Task Client_that_never_polls_is_dropped()
    {
        await using var client = await OpenPollingAsync();

        await AssertDroppedAsync(client.Target);
    }

    [Fact]
    [Trait("Spec", "EIO-HB-05")]
    [Trait("Spec", "SEC-EIO-03")]
    public async Task Flood_of_pongs_changes_nothing()
    {
        await using var client = await OpenWebSocketAsync();
        byte[] pong = RawWebSocket.Frame(WebSocketOpcode.Text, "3"u8);

        await client.WebSocket.Wire.WriteAsync(Enumerable.Repeat(pong, 20_000).SelectMany(frame => frame).ToArray());

        await client.SendAsync("4alive");
        Assert.Equal("4alive", await client.ReceiveTextAsync());
        Assert.Equal("2", (await client.WebSocket.ReceiveAsync()).Text);
        Assert.True(await client.WebSocket.Wire.IsSilentAsync(TimeSpan.FromMilliseconds(100)));
    }
}
