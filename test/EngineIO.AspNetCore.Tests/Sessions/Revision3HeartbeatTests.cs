using TestKit;

namespace EngineIO.AspNetCore.Tests.Sessions;

/// <summary>Revision 3: the client pings. Interval 10 s, timeout 4 s.</summary>
[Trait("Spec", "EIO-HB-08")]
[Trait("Spec", "EIO3-09")]
public sealed class Revision3HeartbeatTests
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(14);
    private static readonly TimeSpan s_slack = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData("2")]
    [InlineData("2xyz")]
    [Trait("Spec", "EIO-HB-09")]
    [Trait("Spec", "EIO-HB-12")]
    public async Task Ping_over_WebSocket_is_answered_with_a_bare_pong(string ping)
    {
        await using var host = await StartAsync();
        var (client, session) = await host.OpenWebSocketAsync(revision: 3);
        await using var closing = client;
        var heartbeats = 0;
        session.Inner.Heartbeat += () => Interlocked.Increment(ref heartbeats);

        for (var round = 1; round <= 3; round++)
        {
            host.Advance(s_deadline - s_slack);
            await client.SendAsync(ping);
            Assert.Equal("3", await client.ReceiveTextAsync());
            await Deadline.UntilAsync(() => Volatile.Read(ref heartbeats) == round, "the heartbeat event");
        }

        Assert.Equal(EngineSessionState.Open, session.Inner.State);
    }

    [Fact]
    [Trait("Spec", "EIO-HB-09")]
    [Trait("Spec", "SRV-EOPT-11")]
    public async Task Ping_over_polling_is_answered()
    {
        await using var host = await StartAsync();
        var (client, session) = await host.OpenPollingAsync(revision: 3);
        await using var closing = client;

        for (var round = 0; round < 3; round++)
        {
            host.Advance(s_deadline - s_slack);
            await client.SendAsync("2");
            Assert.Equal("3", await client.ReceiveAsync());
        }

        Assert.Equal(EngineSessionState.Open, session.Inner.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Spec", "EIO-CLOSE-04")]
    public async Task Client_that_does_not_ping_is_given_up(bool isPolling)
    {
        await using var host = await StartAsync();
        WatchedSession session;
        IAsyncDisposable client;
        if (isPolling) (client, session) = await host.OpenPollingAsync(revision: 3);
        else (client, session) = await host.OpenWebSocketAsync(revision: 3);
        await using var closing = client;

        host.Advance(s_deadline - s_slack);
        Assert.Equal(EngineSessionState.Open, session.Inner.State);
        host.Advance(2 * s_slack);

        await session.AssertClosedAsync(CloseReasons.PingTimeout);
        await client.DisposeAsync();
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "EIO-HB-10")]
    [Trait("Spec", "EIO-CLOSE-02")]
    public async Task Pong_from_the_client_ends_the_session()
    {
        await using var host = await StartAsync();
        var (client, session) = await host.OpenWebSocketAsync(revision: 3);
        await using var closing = client;

        await client.SendAsync("3");

        Assert.Equal(WebSocketOpcode.Close, (await client.ReceiveEndAsync()).Opcode);
        await session.AssertClosedAsync(CloseReasons.TransportError, "invalid heartbeat direction");
        await host.AssertEmptyAsync();
    }

    private static Task<EngineHost> StartAsync() => EngineHost.StartWithFakeTimeAsync(options =>
    {
        options.AllowEIO3 = true;
        options.PingInterval = TimeSpan.FromSeconds(10);
        options.PingTimeout = TimeSpan.FromSeconds(4);
    });
}
