using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Conformance.Tests.Engine;

/// <summary>Mode <c>eio</c>: a limit of 100 bytes, cookies, refusals.</summary>
public sealed class EngineClientModeTests(ConformanceServers servers) : ModeTests(servers, "eio", "/engine.io/")
{
    [Fact]
    [Trait("Spec", "EIO-HS-05")]
    public async Task Handshake_tells_the_limits()
    {
        await using var client = await OpenPollingAsync();

        Assert.Equal(500, client.Handshake.GetProperty("pingInterval").GetInt32());
        Assert.Equal(20000, client.Handshake.GetProperty("pingTimeout").GetInt32());
        Assert.Equal(100, client.Handshake.GetProperty("maxPayload").GetInt32());
        Assert.Equal("4hi", await client.ReceiveAsync());
    }

    [Theory]
    [Trait("Spec", "EIO-POLL-14")]
    [Trait("Spec", "EIO-HTTP-11")]
    [InlineData(100, false, false)]
    [InlineData(100, true, false)]
    [InlineData(101, false, true)]
    [InlineData(101, true, true)]
    [InlineData(20_000, false, true)]
    [InlineData(20_000, true, true)]
    public async Task Body_may_be_as_long_as_the_limit_in_bytes(int length, bool chunked, bool refused)
    {
        await using var client = await OpenPollingAsync();
        Assert.Equal("4hi", await client.ReceiveAsync());
        string packet = "4é" + new string('x', length - 3);
        await using var http = await RawHttp.ConnectAsync(Server);
        if (chunked)
        {
            await http.SendHeadAsync("POST", client.Target, ("Transfer-Encoding", "chunked"));
            await http.SendChunkAsync(Encoding.UTF8.GetBytes(packet));
            await http.SendChunkAsync(default);
        }
        else
            await http.SendAsync("POST", client.Target, packet);

        var response = await http.ReadAsync();

        Assert.Equal(refused ? 413 : 200, response.Status);
        Assert.Equal(refused ? "" : "ok", response.Text);
        if (refused)
        {
            Assert.Null(response.ContentType);
            Assert.Equal("ok", (await client.PostAsync("4alive")).Text);
        }

        Assert.Equal(refused ? "4alive" : packet, await client.ReceiveAsync());
    }

    [Theory]
    [Trait("Spec", "EIO-WS-05")]
    [Trait("Spec", "SIO-LIM-01")]
    [InlineData(100, 1, false)]
    [InlineData(100, 3, false)]
    [InlineData(101, 1, true)]
    [InlineData(101, 3, true)]
    [InlineData(70_000, 1, true)]
    public async Task Message_may_be_as_long_as_the_limit_in_bytes(int length, int fragments, bool refused)
    {
        await using var client = await OpenWebSocketAsync();
        Assert.Equal("4hi", await client.ReceiveTextAsync());
        byte[] message = Encoding.UTF8.GetBytes("4é" + new string('x', length - 3));
        int size = (length + fragments - 1) / fragments;
        for (int i = 0; i < length; i += size)
        {
            await client.WebSocket.SendFrameAsync(
                i == 0 ? WebSocketOpcode.Text : WebSocketOpcode.Continuation,
                message.AsMemory(i, Math.Min(size, length - i)),
                final: i + size >= length);
        }

        var frame = await client.ReceiveAsync();

        if (refused)
            Assert.Equal(1009, frame.CloseCode);
        else
            Assert.Equal(message, frame.Data);
    }

    [Fact]
    [Trait("Spec", "EIO-ERR-11")]
    [Trait("Spec", "EIO-HTTP-09")]
    [Trait("Spec", "EIO-ERR-15")]
    public async Task Denied_handshakes_are_forbidden()
    {
        AssertError(await RawHttp.GetAsync(Server, Path + "?EIO=4&transport=polling&deny=1"), 4);
        AssertError(await RawHttp.GetAsync(Server, Path + "?EIO=4&transport=polling&deny"), 4);
        AssertError(await RawHttp.GetAsync(Server, Path + "?deny=1"), 0);
        AssertError(await RawHttp.RequestAsync(Server, "POST", Path + "?deny=1&transport=polling", ""), 2);

        var upgrade = await RawWebSocket.RefusedAsync(Server, Path + "?EIO=4&transport=websocket&deny=1");
        Assert.Equal(400, upgrade.Status);
        Assert.Equal("text/html", upgrade.ContentType);
        Assert.Equal("Forbidden", upgrade.Text);
    }

    [Fact]
    [Trait("Spec", "EIO-ERR-11")]
    public async Task Existing_sessions_are_not_asked_again()
    {
        await using var client = await OpenPollingAsync();

        Assert.Equal("4hi", (await RawHttp.GetAsync(Server, client.Target + "&deny=1")).Text);
    }

    [Fact]
    [Trait("Spec", "EIO-HDR-01")]
    public async Task First_response_sets_four_cookies_and_later_ones_none()
    {
        await using var client = await OpenPollingAsync();

        string[] cookies = client.OpenResponse.HeaderValues("set-cookie");

        Assert.Equal(4, cookies.Length);
        Assert.Equal(["1=1; Max-Age=86400", "2=2; Path=/; HttpOnly; Secure; SameSite=Strict", "3=3; Max-Age=0"], cookies[..3]);
        Assert.StartsWith("4=4; Expires=", cookies[3], StringComparison.Ordinal);
        Assert.True(DateTimeOffset.TryParseExact(
            cookies[3]["4=4; Expires=".Length..], "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), cookies[3]);
        Assert.Empty((await client.GetAsync()).HeaderValues("set-cookie"));
        Assert.Empty((await client.PostAsync("4x")).HeaderValues("set-cookie"));
    }

    [Fact]
    [Trait("Spec", "EIO-CORS-03")]
    [Trait("Spec", "SEC-HS-04")]
    public async Task There_are_no_cors_headers_by_default()
    {
        await using var client = await PollingClient.OpenAsync(Server, Path, headers: [("Origin", "http://evil.example")]);

        Assert.Null(client.OpenResponse.Header("access-control-allow-origin"));
        Assert.Null(client.OpenResponse.Header("vary"));
        AssertError(await RawHttp.RequestAsync(Server, "OPTIONS", Path + "?EIO=4&transport=polling"), 2);
        Assert.Equal(500, (await RawHttp.RequestAsync(Server, "OPTIONS", client.Target)).Status);
    }

    [Fact]
    public async Task Messages_of_the_mode_are_answered()
    {
        await using var client = await OpenWebSocketAsync();
        Assert.Equal("4hi", await client.ReceiveTextAsync());

        await client.SendAsync("4give binary");
        await client.SendAsync("4give utf8");
        await client.SendAsync("4other");
        await client.SendAsync(7, 8);

        Assert.Equal([0, 1, 2, 3, 4], (await client.ReceiveAsync()).Data);
        Assert.Equal("4пойду спать всем спокойной ночи", await client.ReceiveTextAsync());
        Assert.Equal("4other", await client.ReceiveTextAsync());
        Assert.Equal([7, 8], (await client.ReceiveAsync()).Data);
    }

    [Fact]
    public async Task Headers_of_a_post_can_be_asked_for()
    {
        await using var client = await OpenPollingAsync();
        Assert.Equal("4hi", await client.ReceiveAsync());

        await client.PostAsync("4sendHeaders", ("X-Custom", "value"));

        using var headers = JsonDocument.Parse((await client.ReceiveAsync())![1..]);
        Assert.Equal("value", headers.RootElement.GetProperty("x-custom").GetString());
        Assert.Equal("12", headers.RootElement.GetProperty("content-length").GetString());
    }
}
