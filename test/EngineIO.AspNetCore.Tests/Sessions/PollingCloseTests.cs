using TestKit;

namespace EngineIO.AspNetCore.Tests.Sessions;

/// <summary>Each way in which a session over polling can end.</summary>
[Trait("Spec", "EIO-CLOSE-08")]
[Trait("Spec", "EIO-STATE-05")]
public sealed class PollingCloseTests
{
    [Fact]
    [Trait("Spec", "EIO-CLOSE-02")]
    [Trait("Spec", "EIO-STATE-14")]
    [Trait("Spec", "EIO-POLL-09")]
    public async Task Overlapping_polls_end_the_session()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        var pending = await host.PollAsync(client);

        var second = await RawHttp.GetAsync(host.Address, client.Target);

        Assert.Equal((400, ""), (second.Status, second.Text));
        Assert.Equal("1", (await pending).Text);
        await session.AssertClosedAsync(CloseReasons.TransportError, "overlap from client");
        await host.AssertUnknownAsync(client);
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "EIO-POLL-12")]
    [Trait("Spec", "EIO-CLOSE-02")]
    public async Task Overlapping_posts_end_the_session()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        var pending = await host.PollAsync(client);
        await using var slow = await RawHttp.ConnectAsync(host.Address);
        await slow.SendHeadAsync("POST", client.Target, ("Content-Length", "100"));
        await slow.Wire.WriteAsync("4slow");
        await host.BegunAsync("POST", 1);

        var fast = await client.PostAsync("4fast");

        Assert.Equal((400, ""), (fast.Status, fast.Text));
        Assert.Empty((await slow.Wire.ReadToEndAsync()).Bytes);
        Assert.Equal("1", (await pending).Text);
        await session.AssertClosedAsync(CloseReasons.TransportError, "data request overlap from client");
        Assert.Equal(0, session.UnreadMessages);
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "EIO-CLOSE-02")]
    [Trait("Behaviour", "engine.io/test/server.js:1165")]
    public async Task Aborted_poll_ends_the_session()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        var pending = await host.PollAsync(client);

        await client.ResetGetAsync();

        await session.AssertClosedAsync(CloseReasons.TransportError, "poll connection closed prematurely");
        await Assert.ThrowsAnyAsync<Exception>(() => pending);
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "EIO-POLL-13")]
    public async Task Post_that_breaks_off_ends_the_session()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        await using var post = await RawHttp.ConnectAsync(host.Address);
        await post.SendHeadAsync("POST", client.Target, ("Content-Length", "100"));
        await post.Wire.WriteAsync("4partial");
        await host.BegunAsync("POST", 1);

        post.Wire.Reset();

        var error = await session.ClosedAsync();
        await session.AssertClosedAsync(CloseReasons.TransportError, error!.Message);
        Assert.Equal("data request connection closed prematurely", error.Message);
        Assert.Equal(0, session.UnreadMessages);
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "EIO-POLL-11")]
    [Trait("Behaviour", "engine.io/test/server.js:1467")]
    public async Task Octet_stream_in_revision_4_ends_the_session()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;

        var response = await client.PostAsync("4a", ("Content-Type", "application/octet-stream"));

        Assert.Equal((400, ""), (response.Status, response.Text));
        await session.AssertClosedAsync(CloseReasons.TransportError, "invalid content");
        await host.AssertUnknownAsync(client);
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "EIO-CLOSE-03")]
    [Trait("Spec", "EIO-POLL-16")]
    [Trait("Behaviour", "engine.io/test/server.js:1607")]
    public async Task Malformed_packet_ends_the_session()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        var pending = await host.PollAsync(client);

        await client.PostAsync("4good\u001eabc\u001e4late");

        Assert.Equal("1", (await pending).Text);
        await session.AssertClosedAsync(CloseReasons.ParseError);
        Assert.Equal("good", await session.NextMessageAsync());
        Assert.Equal(0, session.UnreadMessages);
        await host.AssertUnknownAsync(client);
        await host.AssertEmptyAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Spec", "EIO-CLOSE-01")]
    [Trait("Spec", "EIO-POLL-17")]
    [Trait("Behaviour", "engine.io/test/server.js:1050")]
    public async Task Close_packet_ends_the_session(bool isPolling)
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        var pending = isPolling ? await host.PollAsync(client) : null;

        var response = await client.PostAsync("4a\u001e1\u001e4b");

        Assert.Equal("ok", response.Text);
        if (pending is not null) Assert.Equal("6", (await pending).Text);
        await session.AssertClosedAsync(CloseReasons.TransportClose);
        Assert.Equal("a", await session.NextMessageAsync());
        Assert.Equal(0, session.UnreadMessages);
        await host.AssertUnknownAsync(client);
        await host.AssertEmptyAsync();
    }
}
