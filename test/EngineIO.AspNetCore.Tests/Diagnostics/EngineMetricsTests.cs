using EngineIO.AspNetCore.Tests.Sessions;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Diagnostics;

[Trait("Spec", "SRV-LOG-16")]
public sealed class EngineMetricsTests
{
    private const string Meter = "EngineIO.AspNetCore";

    [Fact]
    public async Task Sessions_messages_and_upgrades_are_counted()
    {
        await using var host = await EngineHost.StartAsync();
        using var metrics = new MetricRecorder(host.Services, Meter);
        var (polling, polled) = await host.OpenPollingAsync();
        await using var closingPolling = polling;
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;
        Assert.Equal(1, metrics["engineio.server.active_sessions{engineio.path=/engine.io,engineio.transport=polling}"]);
        Assert.Equal(1, metrics["engineio.server.active_sessions{engineio.path=/engine.io,engineio.transport=websocket}"]);

        await client.SendAsync("4hello");
        Assert.Equal("hello", await session.NextMessageAsync());
        await session.SendAsync("hi");
        Assert.Equal("4hi", await client.ReceiveTextAsync());
        Assert.Equal(1, metrics["engineio.server.messages{engineio.transport=websocket,network.io.direction=receive}"]);
        Assert.Equal(5, metrics["engineio.server.io{engineio.transport=websocket,network.io.direction=receive}"]);
        Assert.Equal(1, metrics["engineio.server.messages{engineio.transport=websocket,network.io.direction=transmit}"]);

        await polled.SendAsync("waits");
        Assert.Equal(1, metrics["engineio.server.send_queue.packets{engineio.path=/engine.io}"]);
        Assert.Equal("4waits", (await polling.GetAsync()).Text);
        Assert.Equal(0, metrics["engineio.server.send_queue.packets{engineio.path=/engine.io}"]);
        Assert.Equal(1, metrics["engineio.server.messages{engineio.transport=polling,network.io.direction=transmit}"]);
        Assert.False(polled.Inner.TrySend(EngineFrame.Message("volatile")));
        Assert.Equal(1, metrics["engineio.server.dropped_messages{engineio.drop_reason=volatile}"]);

        await using var probe = await RawWebSocket.ConnectAsync(host.Address, polling.UpgradeTarget);
        await probe.SendTextAsync("2probe");
        Assert.Equal("3probe", (await probe.ReceiveAsync()).Text);
        await probe.SendTextAsync("5");
        await metrics.UntilAsync("engineio.server.upgrades{engineio.upgrade.outcome=completed}", 1);
        Assert.Equal(2, metrics["engineio.server.active_sessions{engineio.path=/engine.io,engineio.transport=websocket}"]);

        await client.SendAsync("x");
        await session.ClosedAsync();
        await metrics.UntilAsync("engineio.server.session.duration{engineio.close_reason=parse error,engineio.transport=websocket}", 1);
        Assert.Equal(1, metrics["engineio.server.malformed_packets{engineio.transport=websocket}"]);
        var line = Assert.Single(host.Log.Entries, entry => entry.Category == "engine:socket" && entry.Message.StartsWith("a malformed packet", StringComparison.Ordinal));
        Assert.DoesNotContain(client.Sid, line.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusals_and_failed_upgrades_are_counted()
    {
        await using var host = await EngineHost.StartAsync();
        using var metrics = new MetricRecorder(host.Services, Meter);
        await RawHttp.GetAsync(host.Address, "/engine.io/?EIO=4&transport=pigeon");
        await RawHttp.GetAsync(host.Address, "/engine.io/?EIO=4&transport=polling&sid=unknown");
        Assert.Equal(1, metrics["engineio.server.refused_requests{error.type=0}"]);
        Assert.Equal(1, metrics["engineio.server.refused_requests{error.type=1}"]);

        var (polling, _) = await host.OpenPollingAsync();
        await using var closing = polling;
        await using var probe = await RawWebSocket.ConnectAsync(host.Address, polling.UpgradeTarget);
        await probe.SendTextAsync("4unexpected");
        await metrics.UntilAsync("engineio.server.upgrades{engineio.upgrade.outcome=failed}", 1);
    }

    [Theory]
    [InlineData(SendQueueFullPolicy.DropNewest)]
    [InlineData(SendQueueFullPolicy.DropOldest)]
    public async Task Messages_for_a_full_queue_are_counted(SendQueueFullPolicy policy)
    {
        await using var host = await EngineHost.StartAsync(options =>
        {
            options.MaxQueuedPackets = 2;
            options.SendQueueFull = policy;
        });
        using var metrics = new MetricRecorder(host.Services, Meter);
        var (polling, session) = await host.OpenPollingAsync();
        await using var closing = polling;
        for (var i = 0; i < 5; i++) await session.SendAsync("m");
        Assert.Equal(3, metrics["engineio.server.dropped_messages{engineio.drop_reason=queue_full}"]);
    }
}
