using EngineIO.AspNetCore.Tests.Sessions;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Hosting;

/// <summary>The host stops.</summary>
[Trait("Spec", "EIO-POLL-24")]
public sealed class ShutdownTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    [Fact]
    [Trait("Spec", "SRV-CLOSE-04")]
    public async Task Clients_are_told_and_the_host_does_not_wait()
    {
        await using var host = await EngineHost.StartAsync();
        var (polling, polled) = await host.OpenPollingAsync();
        await using var closingPolling = polling;
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closingClient = client;
        var pending = await host.PollAsync(polling);

        // This WebSocket reads its close frame and does not answer it.
        await host.StopAsync().WithDeadline("the host to stop", s_patience);

        Assert.Equal("1", (await pending).Text);
        Assert.Equal(WebSocketOpcode.Close, (await client.WebSocket.ReceiveEndAsync()).Opcode);
        await polled.AssertClosedAsync(CloseReasons.ForcedClose);
        await session.AssertClosedAsync(CloseReasons.ForcedClose);
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "SRV-CLOSE-04")]
    [Trait("Behaviour", "engine.io/test/server.js:1757")]
    [Trait("Behaviour", "engine.io/test/server.js:1761")]
    [Trait("Behaviour", "engine.io/test/server.js:1765")]
    public async Task Sessions_on_polling_after_and_within_an_upgrade_end_with_the_host()
    {
        await using var host = await EngineHost.StartAsync();
        var (polling, onPolling) = await host.OpenPollingAsync();
        await using var closingPolling = polling;
        var (moved, upgraded) = await host.OpenPollingAsync();
        await using var closingMoved = moved;
        await using var webSocket = await RawWebSocket.ConnectAsync(host.Address, moved.UpgradeTarget);
        await webSocket.SendTextAsync("5");
        await Deadline.UntilAsync(() => upgraded.Inner.TransportName == "websocket", "the upgrade");
        var (moving, upgrading) = await host.OpenPollingAsync();
        await using var closingMoving = moving;
        await using var probe = await RawWebSocket.ConnectAsync(host.Address, moving.UpgradeTarget);
        await probe.SendTextAsync("2probe");
        Assert.Equal("3probe", (await probe.ReceiveAsync()).Text);

        await host.StopAsync().WithDeadline("the host to stop", s_patience);

        foreach (var session in (WatchedSession[])[onPolling, upgraded, upgrading]) await session.AssertClosedAsync(CloseReasons.ForcedClose);
        Assert.True((await webSocket.ReceiveEndAsync()).IsEnd);
        Assert.True((await probe.ReceiveEndAsync()).IsEnd);
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "SRV-CLOSE-03")]
    public async Task Disposing_twice_is_harmless()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;

        await host.Engine.DisposeAsync();
        await host.Engine.DisposeAsync();
        host.Engine.Dispose();
        await host.Engine.CloseAsync();

        await session.AssertClosedAsync(CloseReasons.ForcedClose);
        Assert.Empty(host.Log.Errors);
    }
}
