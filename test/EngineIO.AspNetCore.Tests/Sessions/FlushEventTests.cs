using System.Collections.Concurrent;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Sessions;

/// <summary>The events around a write, on the session and on the server.</summary>
[Trait("Spec", "SRV-ENG-02")]
[Trait("Spec", "SRV-SOCK-09")]
public sealed class FlushEventTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Behaviour", "engine.io/test/server.js:2240")]
    public async Task Flush_comes_before_the_write_and_drain_after_it(bool overWebSocket)
    {
        var told = new ConcurrentQueue<string>();
        await using var host = await EngineHost.StartAsync(onConnection: session =>
        {
            session.Inner.Flushing += frames => told.Enqueue($"session flushes {string.Join(',', frames.Select(frame => frame.Type))}");
            session.Inner.Drained += () => told.Enqueue($"session drained, {session.Inner.QueuedPackets} left");
            session.Inner.Post(EngineFrame.Message("aaaa"));
        });
        host.Engine.SessionFlushing += (session, frames) => told.Enqueue($"server flushes {frames.Count} of {session.Id}");
        host.Engine.SessionDrained += session => told.Enqueue($"server drained {session.Id}");

        string id;
        if (overWebSocket)
        {
            await using var client = await SocketClient.OpenAsync(host.Address);
            Assert.Equal("4aaaa", await client.ReceiveTextAsync());
            id = client.Sid;
            await Deadline.UntilAsync(() => told.Count >= 6, "the drain");
        }
        else
        {
            await using var client = await PollingClient.OpenAsync(host.Address);
            Assert.Equal("4aaaa", (await client.GetAsync()).Text);
            id = client.Sid;
            await Deadline.UntilAsync(() => told.Count >= 6, "the drain");
        }

        Assert.Equal(
            [
                "session flushes Open", $"server flushes 1 of {id}", "session flushes Message", $"server flushes 1 of {id}",
                "session drained, 0 left", $"server drained {id}",
            ],
            told.Take(6));
    }

    [Fact]
    [Trait("Spec", "SRV-SOCK-09")]
    public async Task A_handler_that_throws_does_no_harm()
    {
        await using var host = await EngineHost.StartAsync();
        host.Engine.SessionFlushing += (_, _) => throw new InvalidOperationException("flush");
        host.Engine.SessionDrained += _ => throw new InvalidOperationException("drain");
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;
        session.Inner.Flushing += _ => throw new InvalidOperationException("flush");
        session.Inner.Drained += () => throw new InvalidOperationException("drain");

        foreach (var text in new[] { "a", "b" })
        {
            await session.SendAsync(text);
            Assert.Equal("4" + text, await client.ReceiveTextAsync());
        }

        Assert.NotEmpty(host.Log.Errors);
        Assert.Equal(EngineSessionState.Open, session.Inner.State);
    }
}
