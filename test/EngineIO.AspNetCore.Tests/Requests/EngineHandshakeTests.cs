using TestKit;

namespace EngineIO.AspNetCore.Tests.Requests;

/// <summary>The open packet, byte for byte, and what the server keeps of the first request.</summary>
public sealed class EngineHandshakeTests
{
    private const string Sid = "AAAAAAAAAAAAAAAAAAAA";

    [Fact]
    [Trait("Spec", "EIO-HS-01")]
    [Trait("Spec", "EIO-HS-03")]
    [Trait("Spec", "EIO-POLL-21")]
    [Trait("Behaviour", "engine.io/test/server.js:523")]
    public async Task Default_body()
    {
        await using var server = await StartAsync();

        var response = await server.GetAsync(RequestServer.Polling);
        Assert.Equal(200, response.Status);
        Assert.Equal("text/plain; charset=UTF-8", response.ContentType);
        Assert.Equal("118", response.Header("Content-Length"));
        Assert.Equal("no-store", response.Header("Cache-Control"));
        Assert.Equal(
            $$"""0{"sid":"{{Sid}}","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}""", response.Text);
    }

    [Fact]
    [Trait("Spec", "EIO-HS-02")]
    [Trait("Spec", "EIO-HS-05")]
    [Trait("Spec", "SRV-EOPT-02")]
    [Trait("Behaviour", "engine.io/test/server.js:536")]
    public async Task Custom_options_show_as_integers()
    {
        await using var server = await StartAsync(options =>
        {
            options.PingInterval = TimeSpan.FromMilliseconds(300.7);
            options.PingTimeout = TimeSpan.FromMilliseconds(200);
            options.MaxHttpBufferSize = 10;
        });

        Assert.Equal(
            $$"""0{"sid":"{{Sid}}","upgrades":["websocket"],"pingInterval":300,"pingTimeout":200,"maxPayload":10}""",
            (await server.GetAsync(RequestServer.Polling)).Text);
    }

    [Theory]
    [InlineData(EngineTransports.All, true, "[\"websocket\"]", "[]")]
    [InlineData(EngineTransports.All, false, "[]", "[]")]
    [InlineData(EngineTransports.Polling, true, "[]", null)]
    [InlineData(EngineTransports.WebSocket, true, null, "[]")]
    [Trait("Spec", "EIO-HS-04")]
    [Trait("Spec", "SRV-EOPT-05")]
    [Trait("Spec", "SRV-EOPT-06")]
    [Trait("Behaviour", "engine.io/test/server.js:578")]
    [Trait("Behaviour", "engine.io/test/server.js:590")]
    [Trait("Behaviour", "engine.io/test/server.js:600")]
    [Trait("Behaviour", "engine.io/test/server.js:610")]
    public async Task Upgrades_follow_the_transports(EngineTransports transports, bool allowUpgrades, string? onPolling, string? onWebSocket)
    {
        await using var server = await RequestServer.StartAsync(options =>
        {
            options.Transports = transports;
            options.AllowUpgrades = allowUpgrades;
        });

        if (onPolling is null) Assert.Equal(400, (await server.GetAsync(RequestServer.Polling)).Status);
        else Assert.Contains($"\"upgrades\":{onPolling},", (await server.GetAsync(RequestServer.Polling)).Text, StringComparison.Ordinal);
        if (onWebSocket is null)
        {
            Assert.Equal("Transport unknown", (await RawWebSocket.RefusedAsync(server.Address, RequestServer.WebSocket)).Text);
            return;
        }

        await using var client = await SocketClient.OpenAsync(server.Address);
        Assert.Contains($"\"upgrades\":{onWebSocket},", client.OpenPacket, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "SRV-EOPT-06")]
    public async Task Upgrade_that_was_not_announced_is_accepted()
    {
        await using var server = await RequestServer.StartAsync(options => options.AllowUpgrades = false);

        var (polling, webSocket) = await server.UpgradeAsync();

        Assert.Equal("websocket", server.Sessions.Single().TransportName);
        await polling.DisposeAsync();
        await webSocket.DisposeAsync();
    }

    [Theory]
    [InlineData("hi")]
    [InlineData("é ☃")]
    [Trait("Spec", "EIO-HS-08")]
    [Trait("Spec", "SRV-EOPT-12")]
    [Trait("Behaviour", "engine.io/test/server.js:815")]
    public async Task Initial_packet_follows_the_open_packet(string text)
    {
        await using var server = await RequestServer.StartAsync(options => options.InitialPacket = text);

        var packets = (await server.GetAsync(RequestServer.Polling)).Text.Split('\u001e');
        Assert.Equal(2, packets.Length);
        Assert.StartsWith("0{", packets[0], StringComparison.Ordinal);
        Assert.Equal("4" + text, packets[1]);
        await using var client = await SocketClient.OpenAsync(server.Address);
        Assert.Equal("4" + text, await client.ReceiveTextAsync());
    }

    [Fact]
    [Trait("Spec", "EIO-URL-07")]
    [Trait("Spec", "EIO-URL-08")]
    [Trait("Behaviour", "engine.io/test/server.js:661")]
    [Trait("Behaviour", "engine.io/test/server.js:672")]
    [Trait("Behaviour", "engine.io/test/server.js:3500")]
    [Trait("Behaviour", "engine.io/test/server.js:3884")]
    public async Task First_request_is_kept()
    {
        await using var server = await RequestServer.StartAsync();
        const string target = RequestServer.Polling + "&x=42&a=1&a=2&s=a+b%20c&e=%C3%A9&bare";
        var response = await server.GetAsync(target, ("Origin", "http://a.test"), ("X-Two", "1"), ("X-Two", "2"), ("Cookie", "a=1"), ("Cookie", "b=2"));
        var handshake = server.Sessions.Single().Handshake;

        Assert.Equal(200, response.Status);
        Assert.Equal("42", handshake.Query["x"]);
        Assert.Equal("2", handshake.Query["a"]);
        Assert.Equal("a b c", handshake.Query["s"]);
        Assert.Equal("é", handshake.Query["e"]);
        Assert.Equal("", handshake.Query["bare"]);
        Assert.False(handshake.Query.ContainsKey("X"));
        Assert.Equal(target, handshake.Url);
        Assert.Equal("1, 2", handshake.Headers["x-two"]);
        Assert.Equal("a=1; b=2", handshake.Headers["cookie"]);
        Assert.Contains("host", handshake.Headers.Keys);
        Assert.Equal("127.0.0.1", handshake.RemoteAddress);
        Assert.True(handshake.IsCrossDomain);
        Assert.False(handshake.IsSecure);

        await RawHttp.RequestAsync(server.Address, "POST", $"{RequestServer.Polling}&x=43&sid={server.Sessions.Single().Id}", "4a");
        Assert.Equal("42", handshake.Query["x"]);
    }

    [Fact]
    [Trait("Spec", "SEC-HS-01")]
    [Trait("Spec", "EIO-URL-08")]
    public async Task Last_of_several_transports_counts()
    {
        await using var server = await RequestServer.StartAsync();

        Assert.Equal(200, (await server.GetAsync("/engine.io/?EIO=4&transport=udp&transport=polling")).Status);
        Assert.Equal(200, (await server.GetAsync("/engine.io/?EIO=3&EIO=4&transport=polling&sid=x&sid=")).Status);
    }

    private static Task<RequestServer> StartAsync(Action<EngineOptions>? options = null) => RequestServer.StartAsync(all =>
    {
        all.GenerateId = _ => new(Sid);
        options?.Invoke(all);
    });
}
