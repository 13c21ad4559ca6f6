using TestKit;

namespace EngineIO.AspNetCore.Tests.Sessions;

/// <summary>A handler that throws harms nobody, and leaves one line in the log.</summary>
[Trait("Spec", "SEC-APP-01")]
public sealed class FaultyHandlerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Message_handler_throws(bool isSynchronous)
    {
        await using var host = await EngineHost.StartAsync(onConnection: session => session.Handle = message =>
            message.ToString() != "bad" ? default : isSynchronous ? throw Fault() : ThrowLaterAsync());
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;

        await client.SendAsync("4bad");
        await client.SendAsync("4good");

        Assert.Equal("bad", await session.NextMessageAsync());
        Assert.Equal("good", await session.NextMessageAsync());
        await AssertLivesAsync(client, session);
        AssertOneLine(host);

        static async ValueTask ThrowLaterAsync()
        {
            await Task.Yield();
            throw Fault();
        }
    }

    [Fact]
    public async Task End_of_read_handler_throws()
    {
        var count = 0;
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        session.HandleReadCompleted = () =>
        {
            if (Interlocked.Increment(ref count) == 1) throw Fault();
        };

        await client.SendAsync("4a");
        await client.SendAsync("4b");

        await session.SendAsync("alive");
        Assert.Equal("4alive", await client.ReceiveAsync());
        AssertOneLine(host);
    }

    [Fact]
    public async Task Close_handler_throws_and_the_event_is_raised_all_the_same()
    {
        await using var host = await EngineHost.StartAsync(onConnection: session => session.HandleClose = () => throw Fault());
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        var pending = await host.PollAsync(client);

        session.Inner.Close();

        Assert.Equal("1", (await pending).Text);
        await session.AssertClosedAsync(CloseReasons.ForcedClose);
        await host.AssertEmptyAsync();
        AssertOneLine(host);
    }

    [Fact]
    public async Task Connection_handler_throws()
    {
        await using var host = await EngineHost.StartAsync();
        var isFirst = 1;
        host.Engine.OnConnection(_ =>
        {
            if (Interlocked.Exchange(ref isFirst, 0) == 1) throw Fault();
        });
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;

        await AssertLivesAsync(client, session);
        AssertOneLine(host);
    }

    [Theory]
    [InlineData("heartbeat")]
    [InlineData("received")]
    [InlineData("created")]
    public async Task Event_handler_throws(string name)
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;
        var isFirst = 1;
        switch (name)
        {
            case "heartbeat": session.Inner.Heartbeat += ThrowOnce; break;
            case "received": session.Inner.PacketReceived += _ => ThrowOnce(); break;
            case "created": session.Inner.PacketCreated += _ => ThrowOnce(); break;
        }

        await client.SendAsync("3");
        await AssertLivesAsync(client, session);
        AssertOneLine(host);

        void ThrowOnce()
        {
            if (Interlocked.Exchange(ref isFirst, 0) == 1) throw Fault();
        }
    }

    [Fact]
    [Trait("Spec", "EIO-HB-01")]
    public async Task Event_handler_that_throws_at_a_ping_does_not_stop_the_clock()
    {
        await using var host = await EngineHost.StartWithFakeTimeAsync();
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;
        session.Inner.PacketCreated += _ => throw Fault();

        host.Advance(TimeSpan.FromSeconds(26));
        Assert.Equal("2", (await client.WebSocket.ReceiveAsync()).Text);
        host.Advance(TimeSpan.FromSeconds(21));

        await session.AssertClosedAsync(CloseReasons.PingTimeout);
        AssertOneLine(host);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Header_hook_throws(bool isPolling)
    {
        await using var host = await EngineHost.StartAsync();
        var isFirst = 1;
        host.Engine.Headers += (_, _) =>
        {
            if (Interlocked.Exchange(ref isFirst, 0) == 1) throw Fault();
        };
        await using IAsyncDisposable client = isPolling
            ? await PollingClient.OpenAsync(host.Address)
            : await SocketClient.OpenAsync(host.Address);

        Assert.Equal(EngineSessionState.Open, (await host.NextSessionAsync()).Inner.State);
        Assert.Equal(1, host.Engine.ClientsCount);
        AssertOneLine(host);
    }

    private static async Task AssertLivesAsync(SocketClient client, WatchedSession session)
    {
        await session.SendAsync("alive");
        Assert.Equal("4alive", await client.ReceiveTextAsync());
        await client.SendAsync("4alive");
        Assert.Equal("alive", await session.NextMessageAsync());
    }

    private static void AssertOneLine(EngineHost host) =>
        Assert.IsType<InvalidOperationException>(Assert.Single(host.Log.Errors).Exception);

    private static InvalidOperationException Fault() => new("The handler's fault.");
}
