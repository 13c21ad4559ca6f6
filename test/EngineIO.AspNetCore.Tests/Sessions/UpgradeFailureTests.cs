using TestKit;

namespace EngineIO.AspNetCore.Tests.Sessions;

/// <summary>An upgrade that fails ends its WebSocket and nothing else.</summary>
public sealed class UpgradeFailureTests
{
    [Theory]
    [InlineData("2")]
    [InlineData("40")]
    [InlineData("3probe")]
    [InlineData("nonsense")]
    [Trait("Spec", "EIO-UPG-06")]
    public async Task Unexpected_packet_ends_the_probe_and_a_retry_works(string packet)
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        await using var webSocket = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);

        await webSocket.SendTextAsync(packet);

        Assert.True((await webSocket.ReceiveEndAsync()).IsEnd);
        await AssertStillPollingAsync(client, session);
        await AssertUpgradesAsync(host, client, session);
    }

    [Fact]
    [Trait("Spec", "EIO-UPG-07")]
    [Trait("Spec", "SEC-HS-06")]
    [Trait("Spec", "SRV-EOPT-03")]
    [Trait("Behaviour", "engine.io/test/server.js:1635")]
    public async Task Upgrade_has_a_deadline()
    {
        await using var host = await EngineHost.StartWithFakeTimeAsync(options => options.UpgradeTimeout = TimeSpan.FromSeconds(10));
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        await using var webSocket = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);
        await webSocket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await webSocket.ReceiveAsync()).Text);

        host.Advance(TimeSpan.FromSeconds(9.9));
        Assert.True(await webSocket.Wire.IsSilentAsync(TimeSpan.FromMilliseconds(20)));
        host.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal(WebSocketOpcode.Close, (await webSocket.ReceiveEndAsync()).Opcode);
        await AssertStillPollingAsync(client, session);
        await AssertUpgradesAsync(host, client, session);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Spec", "EIO-UPG-08")]
    [Trait("Spec", "EIO-STATE-12")]
    [Trait("Behaviour", "engine.io/test/server.js:1623")]
    public async Task Session_that_closes_takes_the_probe_with_it(bool discard)
    {
        await using var host = await EngineHost.StartWithFakeTimeAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        await using var webSocket = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);
        await webSocket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await webSocket.ReceiveAsync()).Text);
        var pending = await host.PollAsync(client);

        session.Inner.Close(discard);

        Assert.Equal(WebSocketOpcode.Close, (await webSocket.ReceiveEndAsync()).Opcode);
        Assert.Contains((await pending).Text, new[] { "1", "6" });
        if (!discard && session.Inner.State != EngineSessionState.Closed) await client.GetAsync();
        await session.AssertClosedAsync(CloseReasons.ForcedClose);
        await webSocket.DisposeAsync();
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "EIO-UPG-09")]
    public async Task Upgrade_packet_for_a_closing_session_ends_it()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        await using var webSocket = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);
        await webSocket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await webSocket.ReceiveAsync()).Text);

        session.Inner.Close();
        Assert.Equal(EngineSessionState.Closing, session.Inner.State);
        await webSocket.SendTextAsync("5");

        Assert.True((await webSocket.ReceiveEndAsync()).IsEnd);
        await session.AssertClosedAsync(CloseReasons.ForcedClose);
        await webSocket.DisposeAsync();
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "EIO-STATE-13")]
    public async Task Second_attempt_is_closed_and_the_first_goes_on()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        await using var first = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);
        await first.SendTextAsync("2probe");
        Assert.Equal("3probe", (await first.ReceiveAsync()).Text);

        await using var second = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);
        Assert.Equal(WebSocketOpcode.Close, (await second.ReceiveEndAsync()).Opcode);

        await first.SendTextAsync("5");
        await first.SendTextAsync("4on the first");
        Assert.Equal("on the first", await session.NextMessageAsync());
    }

    [Fact]
    [Trait("Spec", "EIO-UPG-03")]
    public async Task Upgrade_packet_during_a_post_is_refused()
    {
        var proceed = new TaskCompletionSource();
        await using var host = await EngineHost.StartAsync(onConnection: session => session.Handle = _ => new(proceed.Task));
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        await using var webSocket = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);
        await webSocket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await webSocket.ReceiveAsync()).Text);
        var post = client.PostAsync("4a\u001e4b");
        Assert.Equal("a", await session.NextMessageAsync());

        await webSocket.SendTextAsync("5");

        Assert.True((await webSocket.ReceiveEndAsync()).IsEnd);
        Assert.Equal("polling", session.Inner.TransportName);
        proceed.SetResult();
        Assert.Equal("ok", (await post).Text);
        Assert.Equal("b", await session.NextMessageAsync());
        await AssertUpgradesAsync(host, client, session);
    }

    private static async Task AssertStillPollingAsync(PollingClient client, WatchedSession session)
    {
        Assert.Equal("polling", session.Inner.TransportName);
        await client.SendAsync("4still here");
        Assert.Equal("still here", await session.NextMessageAsync());
        await session.SendAsync("me too");
        Assert.Equal("4me too", await client.ReceiveAsync());
    }

    private static async Task AssertUpgradesAsync(EngineHost host, PollingClient client, WatchedSession session)
    {
        await using var webSocket = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);
        await webSocket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await webSocket.ReceiveAsync()).Text);
        await webSocket.SendTextAsync("5");
        await webSocket.SendTextAsync("4moved");
        Assert.Equal("moved", await session.NextMessageAsync());
        Assert.Equal("websocket", session.Inner.TransportName);
    }
}
