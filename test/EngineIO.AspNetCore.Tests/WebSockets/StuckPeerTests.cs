using EngineIO.AspNetCore.Tests.Sessions;
using TestKit;

namespace EngineIO.AspNetCore.Tests.WebSockets;

/// <summary>A peer that reads nothing, with more on its way than the kernel takes.</summary>
public sealed class StuckPeerTests
{
    private const int MoreThanTheKernelTakes = 16 * 1024 * 1024;

    [Fact]
    [Trait("Spec", "EIO-CLOSE-01")]
    public async Task One_that_says_good_bye_is_cut_off_in_the_end()
    {
        await using var host = await EngineHost.StartWithFakeTimeAsync();
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;
        session.Inner.Post(EngineFrame.Binary(new byte[MoreThanTheKernelTakes]));

        await client.WebSocket.SendCloseAsync(1000);

        await session.AssertClosedAsync(CloseReasons.TransportClose);
        host.Engine.StopAccepting();
        var drained = host.Engine.WaitUntilDrainedAsync();
        Assert.False(drained.IsCompleted);
        host.Advance(TimeSpan.FromSeconds(31));
        await drained.WithDeadline("the end of the connection");
    }

    [Fact]
    [Trait("Spec", "EIO-WS-15")]
    public async Task Of_its_pings_the_latest_alone_is_answered()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;
        var read = new TaskCompletionSource();
        session.Handle = _ =>
        {
            read.TrySetResult();
            return default;
        };
        session.Inner.Post(EngineFrame.Binary(new byte[MoreThanTheKernelTakes]));

        for (byte i = 0; i < 200; i++) await client.WebSocket.SendFrameAsync(WebSocketOpcode.Ping, new byte[] { i });
        await client.SendAsync("4behind them");
        await read.Task.WithDeadline("the message behind the pings");

        Assert.Equal(MoreThanTheKernelTakes, (await client.WebSocket.ReceiveFrameAsync()).Data.Length);
        var pong = await client.WebSocket.ReceiveFrameAsync();
        Assert.Equal((WebSocketOpcode.Pong, (byte)199), (pong.Opcode, pong.Data[0]));
        session.Inner.Post(EngineFrame.Message("next"));
        Assert.Equal("4next", (await client.WebSocket.ReceiveFrameAsync()).Text);
    }
}
