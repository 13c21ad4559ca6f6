using TestKit;

namespace EngineIO.AspNetCore.Tests.Sessions;

/// <summary>Each way in which a session over WebSocket can end.</summary>
[Trait("Spec", "EIO-STATE-05")]
public sealed class WebSocketCloseTests
{
    [Fact]
    [Trait("Spec", "EIO-CLOSE-01")]
    [Trait("Behaviour", "engine.io/test/server.js:1075")]
    public async Task Close_frame_ends_the_session()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;

        await client.WebSocket.SendCloseAsync(1000);

        Assert.Equal(WebSocketOpcode.Close, (await client.WebSocket.ReceiveEndAsync()).Opcode);
        await session.AssertClosedAsync(CloseReasons.TransportClose);
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "EIO-WS-13")]
    [Trait("Spec", "EIO-CLOSE-01")]
    public async Task Close_packet_ends_the_session()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;

        await client.SendAsync("1");

        Assert.Equal(WebSocketOpcode.Close, (await client.ReceiveEndAsync()).Opcode);
        await session.AssertClosedAsync(CloseReasons.TransportClose);
        await host.AssertEmptyAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Spec", "EIO-CLOSE-01")]
    public async Task Lost_connection_ends_the_session(bool isReset)
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenWebSocketAsync();

        if (isReset) client.WebSocket.Reset();
        else await client.DisposeAsync();

        await session.AssertClosedAsync(CloseReasons.TransportClose);
        await host.AssertEmptyAsync();
        Assert.Empty(host.Log.Errors);
    }

    [Fact]
    [Trait("Spec", "EIO-CLOSE-02")]
    [Trait("Behaviour", "engine.io/test/server.js:1850")]
    public async Task Oversize_message_ends_the_session()
    {
        await using var host = await EngineHost.StartAsync(options => options.MaxHttpBufferSize = 100);
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;
        await client.SendAsync("4" + new string('a', 99));
        Assert.Equal(99, (await session.NextMessageAsync()).Length);

        await client.SendAsync("4" + new string('b', 100));

        Assert.Equal(1009, (await client.ReceiveEndAsync()).CloseCode);
        await session.AssertClosedAsync(CloseReasons.TransportError, "Max payload size exceeded");
        Assert.Equal(0, session.UnreadMessages);
        await host.AssertEmptyAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("abc")]
    [Trait("Spec", "EIO-CLOSE-03")]
    [Trait("Behaviour", "engine.io/test/server.js:1592")]
    public async Task Malformed_packet_ends_the_session(string packet)
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;

        await client.SendAsync(packet);

        Assert.Equal(WebSocketOpcode.Close, (await client.ReceiveEndAsync()).Opcode);
        await session.AssertClosedAsync(CloseReasons.ParseError);
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "EIO-CLOSE-02")]
    public async Task Heartbeat_in_the_wrong_direction_ends_the_session()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;

        await client.SendAsync("2");

        Assert.Null((await client.ReceiveEndAsync()).CloseCode);
        await session.AssertClosedAsync(CloseReasons.TransportError, "invalid heartbeat direction");
        await host.AssertEmptyAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Spec", "EIO-CLOSE-05")]
    [Trait("Spec", "EIO-CLOSE-07")]
    [Trait("Behaviour", "engine.io/test/server.js:997")]
    [Trait("Behaviour", "engine.io/test/server.js:1103")]
    [Trait("Behaviour", "engine.io/test/server.js:1910")]
    [Trait("Behaviour", "engine.io/test/server.js:1944")]
    public async Task Server_closes(bool discard)
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;

        foreach (var text in (string[])["first", "second", "last"]) await session.SendAsync(text);
        session.Inner.Close(discard);
        await session.SendAsync("late");

        foreach (var packet in (string[])["4first", "4second", "4last"]) Assert.Equal(packet, await client.ReceiveTextAsync());
        var end = await client.ReceiveEndAsync();
        Assert.Equal((WebSocketOpcode.Close, null), (end.Opcode, end.CloseCode));
        await session.AssertClosedAsync(CloseReasons.ForcedClose);
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "EIO-CLOSE-06")]
    public async Task Close_is_told_once_however_many_cause_it()
    {
        await using var host = await EngineHost.StartAsync();
        for (var round = 0; round < 40; round++)
        {
            var (client, session) = await host.OpenWebSocketAsync();
            using var start = new Barrier(4);
            var pull = new Func<Task>[]
            {
                () => Run(() => session.Inner.Close()),
                () => Run(() => session.Inner.Close(discard: true)),
                () => Run(client.WebSocket.Reset),
                () => Run(() => session.Inner.Post(EngineFrame.Message("x"))),
            };
            await Task.WhenAll(pull.Select(action => action())).WithDeadline("all triggers");
            await session.ClosedAsync();
            await host.AssertEmptyAsync();
            await session.AssertClosedOnceAsync();

            Task Run(Action action) => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait(Deadline.Default);
                    action();
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }

        Assert.Empty(host.Log.Errors);
    }
}
