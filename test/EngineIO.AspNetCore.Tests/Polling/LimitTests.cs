using EngineIO.AspNetCore.Tests.Sessions;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Polling;

public sealed class LimitTests
{
    [Theory]
    [Trait("Spec", "EIO-POLL-14")]
    [Trait("Spec", "EIO-HTTP-11")]
    [InlineData(10, 200)]
    [InlineData(11, 413)]
    [InlineData(21, 413)]
    [InlineData(100_000, 413)]
    [Trait("Behaviour", "engine.io/test/server.js:1826")]
    [Trait("Behaviour", "engine.io/test/server.js:1872")]
    public async Task Body_is_counted_in_bytes_and_a_refused_one_leaves_the_session_open(int length, int status)
    {
        await using var host = await EngineHost.StartAsync(options => options.MaxHttpBufferSize = 10);
        var (client, probe) = await host.OpenPollingAsync();
        await using var _1 = client;

        var response = await client.PostAsync("4é" + new string('x', length - 3));

        Assert.Equal(status, response.Status);
        Assert.Equal("ok", (await client.PostAsync("4alive")).Text);
        if (status == 200)
            Assert.Equal("éxxxxxxx", await probe.NextMessageAsync());
        Assert.Equal("alive", await probe.NextMessageAsync());
        Assert.Equal(EngineSessionState.Open, probe.Inner.State);
    }

    [Theory]
    [Trait("Spec", "EIO-POLL-14")]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Behaviour", "engine.io/test/server.js:2150")]
    [Trait("Behaviour", "engine.io/test/server.js:2174")]
    public async Task Limit_may_be_above_that_of_the_web_server(bool chunked)
    {
        await using var host = await EngineHost.StartAsync(options => options.MaxHttpBufferSize = 40_000_000);
        var (client, probe) = await host.OpenPollingAsync();
        await using var _1 = client;
        byte[] body = new byte[35_000_000];
        Array.Fill(body, (byte)'4');
        await using var http = await RawHttp.ConnectAsync(host.Address);

        if (chunked)
        {
            await http.SendHeadAsync("POST", client.Target, ("Transfer-Encoding", "chunked"));
            await http.SendChunkAsync(body);
            await http.SendChunkAsync(default);
        }
        else
            await http.SendAsync("POST", client.Target, body);

        Assert.Equal("ok", (await http.ReadAsync()).Text);
        Assert.Equal(body.Length - 1, (await probe.NextMessageAsync()).Length);
    }

    [Fact]
    [Trait("Spec", "SEC-EIO-01")]
    public async Task Packets_of_one_payload_are_limited()
    {
        await using var host = await EngineHost.StartAsync(options => options.MaxPacketsPerPayload = 3);
        var (client, probe) = await host.OpenPollingAsync();
        await using var _1 = client;

        Assert.Equal("ok", (await client.PostAsync("4a\u001e4b\u001e4c")).Text);
        await client.PostAsync("4d\u001e4e\u001e4f\u001e4g");

        await probe.AssertClosedAsync("parse error");
    }

    [Fact]
    [Trait("Spec", "SEC-MEM-01")]
    public async Task Short_body_after_a_long_one_shows_nothing_of_it()
    {
        await using var host = await EngineHost.StartAsync(onConnection: Echo);
        var (first, firstProbe) = await host.OpenPollingAsync();
        await using var _1 = first;
        var (second, secondProbe) = await host.OpenPollingAsync();
        await using var _2 = second;
        for (int i = 0; i < 20; i++)
        {
            string secret = new('s', 1000 + i);
            await first.SendAsync("4" + secret);
            await second.SendAsync("4x");
            Assert.Equal(secret, await firstProbe.NextMessageAsync());
            Assert.Equal("x", await secondProbe.NextMessageAsync());
            Assert.Equal("4" + secret, await first.ReceiveAsync());
            Assert.Equal("4x", await second.ReceiveAsync());
        }
    }

    private static void Echo(WatchedSession session) => session.Handle = message => session.Inner.SendAsync(EngineFrame.Message(message));
}
