namespace EngineIO.AspNetCore.Tests.Sessions;

/// <summary>A session that closes lets its client fetch what is queued.</summary>
[Trait("Spec", "EIO-POLL-23")]
public sealed class GracefulCloseTests
{
    [Fact]
    [Trait("Spec", "EIO-STATE-06")]
    [Trait("Spec", "EIO-CLOSE-05")]
    [Trait("Behaviour", "engine.io/test/server.js:973")]
    public async Task Waiting_poll_is_told_at_once()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        var pending = await host.PollAsync(client);

        session.Inner.Close();

        Assert.Equal("1", (await pending).Text);
        await session.AssertClosedAsync(CloseReasons.ForcedClose);
        await host.AssertUnknownAsync(client);
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "EIO-CLOSE-09")]
    [Trait("Spec", "EIO-STATE-08")]
    [Trait("Spec", "EIO-STATE-09")]
    [Trait("Spec", "EIO-STATE-10")]
    public async Task Next_poll_fetches_the_close()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;

        session.Inner.Close();
        session.Inner.Close();
        await session.SendAsync("dropped");
        Assert.False(session.Inner.TrySend(EngineFrame.Message("dropped")));
        Assert.Equal(EngineSessionState.Closing, session.Inner.State);
        Assert.Equal("ok", (await client.PostAsync("4ignored")).Text);

        Assert.Equal("6\u001e1", (await client.GetAsync()).Text);
        await session.AssertClosedAsync(CloseReasons.ForcedClose);
        Assert.Equal(0, session.UnreadMessages);
        await host.AssertUnknownAsync(client);
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "EIO-CLOSE-07")]
    [Trait("Spec", "EIO-STATE-07")]
    [Trait("Behaviour", "engine.io/test/server.js:1728")]
    [Trait("Behaviour", "engine.io/test/server.js:1789")]
    public async Task Queue_is_delivered_before_the_close()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;

        await session.SendAsync("a");
        await session.SendAsync("b");
        session.Inner.Close();

        var received = new List<string>();
        while (received is not [.., "1"]) received.AddRange(client.Split((await client.GetAsync()).Text));
        Assert.Equal(["4a", "4b"], received.Where(packet => packet.StartsWith('4')));
        await session.AssertClosedAsync(CloseReasons.ForcedClose);
        await host.AssertUnknownAsync(client);
        await host.AssertEmptyAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Spec", "PRO-TIM-06")]
    [Trait("Spec", "EIO-STATE-11")]
    public async Task Client_that_does_not_come_is_given_up_after_30_seconds(bool hasFetched)
    {
        await using var host = await EngineHost.StartWithFakeTimeAsync(options => options.PingInterval = TimeSpan.FromMinutes(10));
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        if (hasFetched) await session.SendAsync("a");
        session.Inner.Close();
        if (hasFetched) Assert.Equal("4a", (await client.GetAsync()).Text);

        host.Advance(TimeSpan.FromSeconds(29.9));
        Assert.Equal(EngineSessionState.Closing, session.Inner.State);
        host.Advance(TimeSpan.FromSeconds(0.2));

        await session.AssertClosedAsync(CloseReasons.ForcedClose);
        await host.AssertUnknownAsync(client);
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "EIO-STATE-11")]
    [Trait("Spec", "EIO-POLL-24")]
    public async Task Forced_close_drops_what_a_graceful_one_keeps()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;

        await session.SendAsync("a");
        session.Inner.Close();
        Assert.Equal(EngineSessionState.Closing, session.Inner.State);
        session.Inner.Close(discard: true);

        await session.AssertClosedAsync(CloseReasons.ForcedClose);
        await host.AssertUnknownAsync(client);
        await host.AssertEmptyAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Spec", "EIO-POLL-24")]
    [Trait("Behaviour", "engine.io/test/server.js:1683")]
    [Trait("Behaviour", "engine.io/test/server.js:1705")]
    public async Task Stopping_server_drops_what_is_queued(bool isClosing)
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        await session.SendAsync("a");
        if (isClosing) session.Inner.Close();

        await host.Engine.CloseAsync();

        await session.AssertClosedAsync(CloseReasons.ForcedClose);
        await host.AssertUnknownAsync(client);
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "EIO-STATE-11")]
    [Trait("Behaviour", "engine.io/test/server.js:909")]
    public async Task Heartbeat_ends_a_closing_session_whose_client_is_gone()
    {
        await using var host = await EngineHost.StartWithFakeTimeAsync(options =>
        {
            options.PingInterval = TimeSpan.FromSeconds(2);
            options.PingTimeout = TimeSpan.FromSeconds(1);
        });
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;

        session.Inner.Close();
        host.Advance(TimeSpan.FromSeconds(3.1));

        await session.AssertClosedAsync(CloseReasons.PingTimeout);
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "EIO-POLL-24")]
    public async Task Stopping_server_answers_the_waiting_poll()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        var pending = await host.PollAsync(client);

        await host.Engine.CloseAsync();
        await host.Engine.CloseAsync();

        Assert.Equal("1", (await pending).Text);
        await session.AssertClosedAsync(CloseReasons.ForcedClose);
        await host.AssertUnknownAsync(client);
        await host.AssertEmptyAsync();
    }
}
