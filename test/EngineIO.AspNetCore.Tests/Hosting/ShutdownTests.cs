using EngineIO.AspNetCore.Tests.Sessions;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Hosting;

/// <summary>The host stops.</summary>
[Trait("Spec", "EIO-POLL-24")]
public sealed class ShutdownTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    [Fact]
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
