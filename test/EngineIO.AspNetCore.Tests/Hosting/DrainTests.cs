using EngineIO.AspNetCore.Tests.Sessions;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Hosting;

/// <summary>The server takes no more, and waits for those who are there; or does not wait for the dead.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task Handshakes_are_refused_and_sessions_go_on()
    {
        await using var host = await EngineHost.StartAsync();
        using var metrics = new MetricRecorder(host.Services, "EngineIO.AspNetCore");
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;
        host.Engine.StopAccepting();
        Assert.Equal(503, (await RawHttp.GetAsync(host.Address, "/engine.io/?EIO=4&transport=polling")).Status);
        Assert.Equal(503, (await RawWebSocket.RefusedAsync(host.Address, "/engine.io/?EIO=4&transport=websocket")).Status);
        Assert.Equal(2, metrics["engineio.server.refused_requests{error.type=draining}"]);
        await client.SendAsync("4still here");
        Assert.Equal("still here", await session.NextMessageAsync());

        var drained = host.Engine.WaitUntilDrainedAsync(TestContext.Current.CancellationToken);
        await session.SendAsync("last");
        session.Inner.Close();
        Assert.Equal("4last", await client.ReceiveTextAsync());
        Assert.Equal(WebSocketOpcode.Close, (await client.WebSocket.ReceiveAsync()).Opcode);
        Assert.False(drained.IsCompleted, "The peer has not answered the close frame yet.");
        await client.WebSocket.SendCloseAsync(null);
        await drained.WithDeadline("the server to be drained");
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "SRV-CLOSE-04")]
    public async Task A_peer_that_was_closed_earlier_and_does_not_answer_does_not_hold_up_the_host()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;
        session.Inner.Close();
        Assert.Equal(WebSocketOpcode.Close, (await client.WebSocket.ReceiveEndAsync()).Opcode);
        await session.AssertClosedAsync(CloseReasons.ForcedClose);
        await host.StopAsync().WithDeadline("the host to stop", TimeSpan.FromSeconds(2));
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "SEC-HS-08")]
    public async Task The_cap_on_sessions_holds_under_a_rush()
    {
        const int limit = 5, rush = 40;
        await using var host = await EngineHost.StartAsync(options => options.MaxSessions = limit);
        var answers = await Task.WhenAll(Enumerable.Range(0, rush).Select(_ => Task.Run(() => RawHttp.GetAsync(host.Address, "/engine.io/?EIO=4&transport=polling"))));
        Assert.Equal(limit, answers.Count(answer => answer.Status == 200));
        Assert.Equal(rush - limit, answers.Count(answer => answer is { Status: 403, Text: """{"code":4,"message":"Too many sessions"}""" }));
        Assert.Equal(limit, host.Engine.ClientsCount);

        (await host.NextSessionAsync()).Inner.Close(discard: true);
        await using var next = await PollingClient.OpenAsync(host.Address);
        Assert.Equal(limit, host.Engine.ClientsCount);
    }
}
