using TestKit;

namespace EngineIO.AspNetCore.Tests.Sessions;

/// <summary>Senders wait for a slow peer, and peers for a slow handler.</summary>
public sealed class BackPressureTests
{
    private static readonly string s_large = new('x', 64 * 1024);

    [Fact]
    [Trait("Spec", "EIO-STATE-02")]
    [Trait("Spec", "EIO-STATE-03")]
    [Trait("Behaviour", "engine.io/test/server.js:1774")]
    public async Task Sender_waits_for_a_client_that_does_not_poll()
    {
        await using var host = await EngineHost.StartAsync(options => options.MaxQueuedPackets = 3);
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        foreach (var text in new[] { "1", "2", "3" }) Assert.True(session.SendAsync(text).AsTask().IsCompletedSuccessfully);

        var waiting = session.SendAsync("4").AsTask();
        Assert.False(waiting.IsCompleted);

        Assert.Equal("41\u001e42\u001e43", (await client.GetAsync()).Text);
        await waiting.WithDeadline("the sender to go on");
        Assert.Equal("44", (await client.GetAsync()).Text);
    }

    [Fact]
    [Trait("Spec", "EIO-WS-17")]
    public async Task Sender_waits_for_a_WebSocket_peer_that_does_not_read()
    {
        await using var host = await EngineHost.StartAsync(options => options.MaxQueuedPackets = 4);
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;
        var sent = 0;
        Task waiting;
        while ((waiting = session.SendAsync(s_large).AsTask()).IsCompletedSuccessfully)
        {
            Assert.True(++sent < 10_000, "Nobody waits.");
        }

        Assert.False(session.Inner.IsWritable);
        Assert.False(session.Inner.TrySend(EngineFrame.Message("volatile")));
        for (var i = 0; i <= sent; i++) Assert.Equal(s_large.Length + 1, (await client.WebSocket.ReceiveAsync()).Data.Length);
        await waiting.WithDeadline("the sender to go on");
        await session.SendAsync("end");
        Assert.Equal("4end", await client.ReceiveTextAsync());
    }

    [Fact]
    public async Task Cancelled_sender_sends_nothing()
    {
        await using var host = await EngineHost.StartAsync(options => options.MaxQueuedPackets = 1);
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        using var cancellation = new CancellationTokenSource();
        await session.SendAsync("a");
        var cancelled = session.SendAsync("b", cancellation.Token).AsTask();
        var waiting = session.SendAsync("c").AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.SendAsync("d", cancellation.Token).AsTask());
        Assert.Equal("4a", (await client.GetAsync()).Text);
        await waiting.WithDeadline("the sender to go on");
        Assert.Equal("4c", (await client.GetAsync()).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Spec", "EIO-CLOSE-07")]
    [Trait("Spec", "SRV-ENG-08")]
    public async Task Waiting_sender_is_let_go_by_a_close(bool discard)
    {
        await using var host = await EngineHost.StartAsync(options => options.MaxQueuedPackets = 1);
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        await session.SendAsync("a");
        var waiting = session.SendAsync("b").AsTask();

        session.Inner.Close(discard);

        var received = new List<string>();
        while (!discard && received is not [.., "1"]) received.AddRange(client.Split((await client.GetAsync()).Text));
        await waiting.WithDeadline("the sender to go on");
        await session.AssertClosedAsync(CloseReasons.ForcedClose);
        string[] expected = discard ? [] : ["4a", "4b"];
        Assert.Equal(expected, received.Where(packet => packet.StartsWith('4')));
        await host.AssertEmptyAsync();
    }

    [Fact]
    public async Task Handler_that_is_busy_stops_the_reading_of_a_WebSocket()
    {
        var proceed = new TaskCompletionSource();
        await using var host = await EngineHost.StartAsync(onConnection: session => session.Handle = _ => new(proceed.Task));
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;
        var sent = 0;
        var packet = "4" + s_large;
        var flood = Task.Run(async () =>
        {
            for (; sent < 1000; sent++) await client.SendAsync(packet);
        });
        Assert.Equal(s_large.Length, (await session.NextMessageAsync()).Length);

        // 64 MB do not fit between the two ends.
        var before = -1;
        await Deadline.UntilAsync(() => Interlocked.Exchange(ref before, Volatile.Read(ref sent)) == sent && sent > 0, "the flood to stop");
        Assert.Equal(0, session.UnreadMessages);
        Assert.False(flood.IsCompleted);

        proceed.SetResult();
        await flood.WithDeadline("the flood to go on");
        for (var i = 1; i < 1000; i++) await session.NextMessageAsync();
    }

    [Fact]
    public async Task Handler_that_is_busy_holds_the_answer_of_a_post()
    {
        var proceed = new TaskCompletionSource();
        await using var host = await EngineHost.StartAsync(onConnection: session => session.Handle = async message =>
        {
            await session.SendAsync("echo");
            await proceed.Task;
        });
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        var post = client.PostAsync("4a\u001e4b");

        // What the handler has sent does not wait with it.
        Assert.Equal("4echo", (await client.GetAsync()).Text);
        Assert.Equal("a", await session.NextMessageAsync());
        Assert.Equal(0, session.UnreadMessages);
        Assert.False(post.IsCompleted);
        proceed.SetResult();

        Assert.Equal("ok", (await post).Text);
        Assert.Equal("b", await session.NextMessageAsync());
    }
}
