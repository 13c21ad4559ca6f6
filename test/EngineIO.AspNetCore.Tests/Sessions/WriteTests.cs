using TestKit;

namespace EngineIO.AspNetCore.Tests.Sessions;

/// <summary>Senders who wait until the transport has taken their messages: the callbacks of the reference's <c>send</c>.</summary>
[Trait("Spec", "SRV-ENG-08")]
public sealed class WriteTests
{
    [Fact]
    [Trait("Behaviour", "engine.io/test/server.js:2794")]
    public async Task Completes_when_a_poll_has_taken_the_message()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;

        var written = Write(session, "a");

        Assert.False(written.IsCompleted);
        Assert.Equal("4a", (await client.GetAsync()).Text);
        Assert.True(await written.WithDeadline("the message to be written"));
    }

    [Fact]
    [Trait("Behaviour", "engine.io/test/server.js:2843")]
    public async Task Completes_when_a_WebSocket_has_taken_the_message()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;

        Assert.True(await Write(session, "a").WithDeadline("the message to be written"));

        Assert.Equal("4a", await client.ReceiveTextAsync());
    }

    [Fact]
    [Trait("Behaviour", "engine.io/test/server.js:2901")]
    public async Task Each_of_several_completes_on_a_WebSocket()
    {
        Task<bool>[] written = [];
        await using var host = await EngineHost.StartAsync(onConnection: session => written = [.. "dcba".Select(text => Write(session, text.ToString()))]);
        var (client, _) = await host.OpenWebSocketAsync();
        await using var closing = client;

        Assert.All(await Task.WhenAll(written).WithDeadline("the messages to be written"), Assert.True);

        foreach (var text in "dcba") Assert.Equal("4" + text, await client.ReceiveTextAsync());
    }

    [Fact]
    [Trait("Behaviour", "engine.io/test/server.js:2939")]
    public async Task Each_of_several_completes_on_polling()
    {
        Task<bool>[] written = [];
        await using var host = await EngineHost.StartAsync(onConnection: session => written = [.. "dcba".Select(text => Write(session, text.ToString()))]);
        var (client, _) = await host.OpenPollingAsync();
        await using var closing = client;

        Assert.Equal("4d\u001e4c\u001e4b\u001e4a", (await client.GetAsync()).Text);

        Assert.All(await Task.WhenAll(written).WithDeadline("the messages to be written"), Assert.True);
    }

    [Fact]
    [Trait("Behaviour", "engine.io/test/server.js:3006")]
    public async Task Is_false_when_the_client_closes_before()
    {
        Task<bool> written = null!;
        await using var host = await EngineHost.StartAsync(onConnection: session =>
        {
            session.Inner.Post(EngineFrame.Message("a"));
            written = Write(session, "b");
        });
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;

        await client.SendAsync("1");

        await session.AssertClosedAsync(CloseReasons.TransportClose);
        Assert.False(await written.WithDeadline("the answer"));
    }

    [Fact]
    public async Task Is_false_on_a_closed_session()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;

        session.Inner.Close(discard: true);

        Assert.False(await Write(session, "a").WithDeadline("the answer"));
    }

    [Fact]
    public async Task Is_false_for_all_that_a_close_discards()
    {
        await using var host = await EngineHost.StartAsync(options => options.MaxQueuedPackets = 2);
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;
        // More than the kernel takes from a client that does not read; then two that are queued, and one that waits for room.
        var large = EngineFrame.Binary(new byte[16 * 1024 * 1024]);
        Task<bool>[] written = [session.Inner.WriteAsync(large), Write(session, "a"), Write(session, "b"), Write(session, "c")];
        Assert.Equal(2, session.Inner.QueuedPackets);

        session.Inner.Close(discard: true);

        Assert.All(await Task.WhenAll(written).WithDeadline("the answers"), Assert.False);
    }

    [Fact]
    public async Task An_orderly_close_writes_what_is_queued()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        var written = Write(session, "a");

        session.Inner.Close();

        Assert.Equal("4a", (await client.GetAsync()).Text);
        Assert.True(await written.WithDeadline("the message to be written"));
    }

    [Theory]
    [InlineData(SendQueueFullPolicy.DropOldest, false, true, true)]
    [InlineData(SendQueueFullPolicy.DropNewest, true, true, false)]
    [InlineData(SendQueueFullPolicy.Disconnect, false, false, false)]
    public async Task Is_false_for_what_a_full_queue_drops(SendQueueFullPolicy policy, bool first, bool second, bool third)
    {
        await using var host = await EngineHost.StartAsync(options => (options.MaxQueuedPackets, options.SendQueueFull) = (2, policy));
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;

        Task<bool>[] written = [Write(session, "1"), Write(session, "2"), Write(session, "3")];
        if (policy == SendQueueFullPolicy.Disconnect) await session.ClosedAsync();
        else await client.GetAsync();

        bool[] expected = [first, second, third];
        Assert.Equal(expected, await Task.WhenAll(written).WithDeadline("the answers"));
    }

    [Fact]
    public async Task Waits_for_room_first()
    {
        await using var host = await EngineHost.StartAsync(options => options.MaxQueuedPackets = 1);
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        var (first, second) = (Write(session, "1"), Write(session, "2"));

        Assert.Equal("41", (await client.GetAsync()).Text);
        Assert.True(await first.WithDeadline("the first message to be written"));
        Assert.False(second.IsCompleted);
        Assert.Equal("42", (await client.GetAsync()).Text);
        Assert.True(await second.WithDeadline("the second message to be written"));
    }

    [Fact]
    public async Task Cancelling_ends_the_wait()
    {
        await using var host = await EngineHost.StartAsync(options => options.MaxQueuedPackets = 1);
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        using var cancellation = new CancellationTokenSource();
        var queued = Write(session, "1", cancellation.Token);
        var waiting = Write(session, "2", cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Write(session, "3", cancellation.Token));
        var last = Write(session, "4");
        Assert.Equal("41", (await client.GetAsync()).Text);
        Assert.Equal("44", (await client.GetAsync()).Text);
        Assert.True(await last.WithDeadline("the last message to be written"));
    }

    private static Task<bool> Write(WatchedSession session, string text, CancellationToken cancellationToken = default) =>
        session.Inner.WriteAsync(EngineFrame.Message(text), cancellationToken: cancellationToken);
}
