using EngineIO.AspNetCore.Tests.Support;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Sending;

/// <summary>When a volatile message leaves and when it is dropped.</summary>
public sealed class WritabilityTests
{
    [Fact]
    [Trait("Spec", "EIO-POLL-06")]
    [Trait("Spec", "EIO-STATE-02")]
    [Trait("Spec", "EIO-STATE-03")]
    public async Task Polling_is_writable_only_while_a_poll_is_pending()
    {
        await using var host = await TestEngine.StartAsync();
        var (client, probe) = await host.OpenPollingAsync();
        await using var _1 = client;
        Assert.False(probe.Session.IsWritable);
        Assert.False(probe.Session.TrySend(EngineFrame.Message("dropped")));

        var pending = await client.BeginGetAsync();
        await probe.PolledAsync();
        Assert.True(probe.Session.TrySend(EngineFrame.Message("first")));
        Assert.False(probe.Session.TrySend(EngineFrame.Message("second")));

        Assert.Equal("4first", (await pending).Text);
        probe.Session.Post(EngineFrame.Message("buffered"));
        Assert.Equal("4buffered", (await client.GetAsync()).Text);
    }

    [Fact]
    [Trait("Spec", "EIO-WS-17")]
    public async Task Second_volatile_message_of_one_turn_is_dropped_on_a_websocket()
    {
        var sent = new TaskCompletionSource<(bool First, bool Second)>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await TestEngine.StartAsync(setUp: engine => engine.OnConnection(session => session.PacketReceived += packet =>
            sent.TrySetResult((session.TrySend(EngineFrame.Message("first")), session.TrySend(EngineFrame.Message("second"))))));
        var (client, _) = await host.OpenWebSocketAsync();
        await using var _1 = client;

        await client.SendAsync("4go");

        Assert.Equal((true, false), await sent.Task.WithDeadline());
        Assert.Equal("4first", await client.ReceiveTextAsync());
    }

    [Fact]
    [Trait("Spec", "SIO-LIM-06")]
    public async Task Stalled_reader_blocks_nobody_else()
    {
        await using var host = await TestEngine.StartAsync(echo: true);
        var (stalled, stalledProbe) = await host.OpenWebSocketAsync();
        await using var _1 = stalled;
        var (healthy, _) = await host.OpenWebSocketAsync();
        await using var _2 = healthy;
        var flood = EngineFrame.Binary(new byte[100_000]);
        for (int i = 0; i < 200; i++)
            stalledProbe.Session.Post(flood);

        await healthy.SendAsync("4alive");

        Assert.Equal("4alive", await healthy.ReceiveTextAsync());
        Assert.False(stalledProbe.Session.IsWritable);
        Assert.False(stalledProbe.Session.TrySend(EngineFrame.Message("volatile")));
    }

    [Fact]
    [Trait("Spec", "SIO-LIM-06")]
    public async Task Full_queue_closes_a_session_that_nobody_may_wait_for()
    {
        await using var host = await TestEngine.StartAsync(options => options.MaxQueuedPackets = 10);
        var (client, probe) = await host.OpenPollingAsync();
        await using var _1 = client;

        for (int i = 0; i < 11; i++)
            probe.Session.Post(EngineFrame.Message("x"));

        Assert.Equal("transport error", (await probe.ClosedAsync()).Reason);
    }
}
