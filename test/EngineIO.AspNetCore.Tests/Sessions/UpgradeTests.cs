using TestKit;

namespace EngineIO.AspNetCore.Tests.Sessions;

/// <summary>A session moves from polling to a WebSocket.</summary>
public sealed class UpgradeTests
{
    [Fact]
    [Trait("Spec", "EIO-UPG-01")]
    [Trait("Spec", "EIO-UPG-04")]
    [Trait("Spec", "EIO-UPG-10")]
    [Trait("Spec", "EIO-UPG-11")]
    [Trait("Behaviour", "engine.io/test/server.js:214")]
    [Trait("Behaviour", "engine.io/test/server.js:2820")]
    public async Task Session_moves_and_tells_so()
    {
        var told = new List<string>();
        await using var host = await EngineHost.StartAsync(onConnection: session =>
        {
            session.Inner.Upgrading += () => told.Add("upgrading " + session.Inner.TransportName);
            session.Inner.Upgraded += () =>
            {
                told.Add("upgraded " + session.Inner.TransportName);
                _ = session.SendAsync("from the handler").AsTask();
            };
        });
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        var pending = await host.PollAsync(client);
        await using var webSocket = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);

        await webSocket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await webSocket.ReceiveAsync()).Text);
        Assert.Equal("6", (await pending).Text);
        await session.SendAsync("queued");
        await webSocket.SendTextAsync("5");

        Assert.Equal("4queued", (await webSocket.ReceiveAsync()).Text);
        Assert.Equal("4from the handler", (await webSocket.ReceiveAsync()).Text);
        Assert.Equal(["upgrading polling", "upgraded websocket"], told);
        Assert.Equal("websocket", session.Inner.TransportName);
        var poll = await client.GetAsync();
        Assert.Equal((400, 3), (poll.Status, CodeOf(poll)));
        Assert.Equal(3, CodeOf(await client.PostAsync("4a")));
        await using var late = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);
        Assert.True((await late.ReceiveEndAsync()).IsEnd);
        Assert.Equal(EngineSessionState.Open, session.Inner.State);
    }

    [Fact]
    [Trait("Spec", "EIO-UPG-05")]
    [Trait("Spec", "EIO-UPG-04")]
    public async Task Probe_may_be_left_out_and_the_waiting_poll_is_closed()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        var pending = await host.PollAsync(client);
        await using var webSocket = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);

        await webSocket.SendTextAsync("5");

        Assert.Equal("1", (await pending).Text);
        await webSocket.SendTextAsync("4hello");
        Assert.Equal("hello", await session.NextMessageAsync());
    }

    [Fact]
    [Trait("Spec", "EIO-UPG-02")]
    [Trait("Spec", "PRO-TIM-05")]
    public async Task Polls_are_freed_every_100_ms()
    {
        await using var host = await EngineHost.StartWithFakeTimeAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        var upgrading = new TaskCompletionSource();
        session.Inner.Upgrading += upgrading.SetResult;
        var timers = host.Engine.Wheel.Count;
        await using var webSocket = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);
        await webSocket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await webSocket.ReceiveAsync()).Text);
        await upgrading.Task.WithDeadline();
        await Deadline.UntilAsync(() => host.Engine.Wheel.Count == timers + 2, "the deadline and the noop timer");

        for (var round = 0; round < 3; round++)
        {
            var pending = await host.PollAsync(client);
            host.Advance(TimeSpan.FromMilliseconds(80));
            Assert.False(pending.IsCompleted);
            host.Advance(TimeSpan.FromMilliseconds(20));
            Assert.Equal("6", (await pending).Text);
        }

        await webSocket.SendTextAsync("5");
        await Deadline.UntilAsync(() => host.Engine.Wheel.Count == timers, "the upgrade's timers to go");
    }

    [Fact]
    [Trait("Spec", "EIO-UPG-12")]
    public async Task Upgrade_keeps_a_pong_deadline()
    {
        await using var host = await EngineHost.StartWithFakeTimeAsync(options =>
        {
            options.PingInterval = TimeSpan.FromSeconds(10);
            options.PingTimeout = TimeSpan.FromSeconds(4);
        });
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        await using var webSocket = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);
        var upgraded = new TaskCompletionSource();
        session.Inner.Upgraded += upgraded.SetResult;
        // The wait for the upgrade is longer than the ping's: only its last part is used.
        host.Advance(TimeSpan.FromSeconds(5));
        await webSocket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await webSocket.ReceiveAsync()).Text);
        host.Advance(TimeSpan.FromSeconds(4.9));
        await webSocket.SendTextAsync("5");
        await upgraded.Task.WithDeadline();
        host.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal("2", (await webSocket.ReceiveAsync()).Text);

        host.Advance(TimeSpan.FromSeconds(4));

        await session.AssertClosedAsync(CloseReasons.PingTimeout);
        Assert.Equal(WebSocketOpcode.Close, (await webSocket.ReceiveEndAsync()).Opcode);
    }

    [Fact]
    [Trait("Spec", "EIO-UPG-12")]
    public async Task Pong_that_is_due_during_the_upgrade_gets_its_full_time_again()
    {
        await using var host = await EngineHost.StartWithFakeTimeAsync(options =>
        {
            options.PingInterval = TimeSpan.FromSeconds(3);
            options.PingTimeout = TimeSpan.FromSeconds(4);
        });
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        await using var webSocket = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);
        var upgraded = new TaskCompletionSource();
        session.Inner.Upgraded += upgraded.SetResult;
        host.Advance(TimeSpan.FromSeconds(6));
        await webSocket.SendTextAsync("5");
        await upgraded.Task.WithDeadline();

        host.Advance(TimeSpan.FromSeconds(3.9));
        Assert.Equal(EngineSessionState.Open, session.Inner.State);
        host.Advance(TimeSpan.FromSeconds(0.2));

        await session.AssertClosedAsync(CloseReasons.PingTimeout);
    }

    [Fact]
    [Trait("Spec", "EIO-UPG-12")]
    [Trait("Behaviour", "engine.io/test/server.js:1651")]
    public async Task Heartbeat_goes_on_after_the_upgrade()
    {
        await using var host = await EngineHost.StartWithFakeTimeAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        await using var webSocket = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);
        var upgraded = new TaskCompletionSource();
        session.Inner.Upgraded += upgraded.SetResult;
        var heartbeats = 0;
        session.Inner.Heartbeat += () => Interlocked.Increment(ref heartbeats);
        await webSocket.SendTextAsync("5");
        await upgraded.Task.WithDeadline();

        for (var round = 1; round <= 3; round++)
        {
            host.Advance(TimeSpan.FromSeconds(25.1));
            Assert.Equal("2", (await webSocket.ReceiveAsync()).Text);
            await webSocket.SendTextAsync("3");
            await Deadline.UntilAsync(() => Volatile.Read(ref heartbeats) == round, "the heartbeat event");
        }

        Assert.Equal(EngineSessionState.Open, session.Inner.State);
    }

    private static int CodeOf(RawResponse response) =>
        System.Text.Json.JsonDocument.Parse(response.Body).RootElement.GetProperty("code").GetInt32();
}
