using Microsoft.Extensions.Time.Testing;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Sessions;

/// <summary>Revision 4: the server pings. Interval 10 s, timeout 4 s.</summary>
public sealed class HeartbeatTests
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(4);

    // Deadlines are kept within this.
    private static readonly TimeSpan s_slack = TimeSpan.FromMilliseconds(100);

    [Fact]
    [Trait("Spec", "EIO-HB-01")]
    [Trait("Spec", "EIO-HB-12")]
    [Trait("Spec", "SRV-EOPT-01")]
    public async Task Server_pings_over_WebSocket()
    {
        await using var host = await StartAsync();
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;
        var heartbeats = 0;
        session.Inner.Heartbeat += () => Interlocked.Increment(ref heartbeats);

        for (var round = 1; round <= 3; round++)
        {
            host.Advance(s_interval - s_slack);
            Assert.True(await client.WebSocket.Wire.IsSilentAsync(TimeSpan.FromMilliseconds(20)));
            host.Advance(2 * s_slack);
            Assert.Equal("2", (await client.WebSocket.ReceiveAsync()).Text);
            await client.SendAsync("3");
            await Deadline.UntilAsync(() => Volatile.Read(ref heartbeats) == round, "the heartbeat event");
        }

        Assert.Equal(EngineSessionState.Open, session.Inner.State);
    }

    [Fact]
    [Trait("Spec", "EIO-HB-01")]
    [Trait("Spec", "EIO-HB-12")]
    public async Task Server_pings_over_polling()
    {
        await using var host = await StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        var heartbeats = 0;
        session.Inner.Heartbeat += () => Interlocked.Increment(ref heartbeats);

        for (var round = 1; round <= 3; round++)
        {
            var pending = await host.PollAsync(client);
            host.Advance(s_interval - s_slack);
            Assert.False(pending.IsCompleted);
            host.Advance(2 * s_slack);
            Assert.Equal("2", (await pending).Text);
            await client.SendAsync("3");
            Assert.Equal(round, Volatile.Read(ref heartbeats));
        }
    }

    [Fact]
    [Trait("Spec", "EIO-HB-03")]
    [Trait("Spec", "EIO-CLOSE-04")]
    [Trait("Behaviour", "engine.io/test/server.js:895")]
    [Trait("Behaviour", "engine.io/test/server.js:948")]
    [Trait("Behaviour", "engine.io/test/server.js:1554")]
    public async Task Mute_client_is_given_up()
    {
        await using var host = await StartAsync();
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;

        host.Advance(s_interval + s_timeout - s_slack);
        Assert.Equal(EngineSessionState.Open, session.Inner.State);
        host.Advance(2 * s_slack);

        await session.AssertClosedAsync(CloseReasons.PingTimeout);
        Assert.Equal("2", (await client.WebSocket.ReceiveAsync()).Text);
        var end = await client.ReceiveEndAsync();
        Assert.Equal((WebSocketOpcode.Close, null), (end.Opcode, end.CloseCode));
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "EIO-HB-06")]
    [Trait("Spec", "EIO-CLOSE-04")]
    [Trait("Behaviour", "engine.io/test/server.js:1573")]
    [Trait("Behaviour", "engine.io/test/server.js:948")]
    public async Task Client_that_never_polls_is_given_up()
    {
        await using var host = await StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;

        host.Advance(s_interval + s_timeout - s_slack);
        Assert.Equal(EngineSessionState.Open, session.Inner.State);
        host.Advance(2 * s_slack);

        await session.AssertClosedAsync(CloseReasons.PingTimeout);
        await host.AssertUnknownAsync(client);
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "EIO-HB-04")]
    public async Task Other_packet_extends_the_deadline_once()
    {
        await using var host = await StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        host.Advance(s_interval + s_slack);

        host.Advance(s_timeout / 2);
        await client.SendAsync("4first");
        host.Advance(s_timeout / 2 + (2 * s_slack));
        Assert.Equal(EngineSessionState.Open, session.Inner.State);
        await client.SendAsync("4second");
        host.Advance(s_timeout / 2);

        await session.AssertClosedAsync(CloseReasons.PingTimeout);
    }

    [Fact]
    [Trait("Spec", "EIO-HB-05")]
    public async Task Unasked_pong_puts_the_ping_off()
    {
        await using var host = await StartAsync();
        var (client, _) = await host.OpenPollingAsync();
        await using var closing = client;
        var pending = await host.PollAsync(client);

        host.Advance(s_interval - s_slack);
        await client.SendAsync("3");
        host.Advance(s_interval - s_slack);
        Assert.False(pending.IsCompleted);
        host.Advance(2 * s_slack);

        Assert.Equal("2", (await pending).Text);
    }

    [Fact]
    [Trait("Spec", "EIO-HB-03")]
    [Trait("Behaviour", "engine.io/test/server.js:2272")]
    public async Task Ping_behind_many_large_messages_is_answered_in_time()
    {
        await using var host = await StartAsync();
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;
        var text = new string('x', 64 * 1024);
        for (var i = 0; i < 100; i++) session.Inner.Post(EngineFrame.Message(text));

        host.Advance(s_interval + s_slack);
        for (var i = 0; i < 100; i++) Assert.Equal(text.Length + 1, (await client.WebSocket.ReceiveAsync()).Data.Length);
        Assert.Equal("2", (await client.WebSocket.ReceiveAsync()).Text);
        var heartbeat = new TaskCompletionSource();
        session.Inner.Heartbeat += heartbeat.SetResult;
        await client.SendAsync("3");
        await heartbeat.Task.WithDeadline();
        host.Advance(s_timeout + s_slack);

        Assert.Equal(EngineSessionState.Open, session.Inner.State);
    }

    [Fact]
    [Trait("Spec", "EIO-HB-11")]
    public async Task Sessions_share_one_timer()
    {
        var time = new CountingTimeProvider();
        await using var host = await EngineHost.StartAsync(time: time);
        var before = time.Timers;
        for (var i = 0; i < 50; i++)
        {
            await using var client = await PollingClient.OpenAsync(host.Address);
        }

        Assert.Equal(50, host.Engine.Wheel.Count);
        Assert.Equal(before, time.Timers);
    }

    private static Task<EngineHost> StartAsync() => EngineHost.StartWithFakeTimeAsync(options =>
    {
        options.PingInterval = s_interval;
        options.PingTimeout = s_timeout;
    });

    private sealed class CountingTimeProvider : FakeTimeProvider
    {
        private int _timers;

        public int Timers => Volatile.Read(ref _timers);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref _timers);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
