using TestKit;

namespace EngineIO.AspNetCore.Tests.Requests;

/// <summary>Every row of the table of refusals: its answer over HTTP and on an upgrade, and its one <c>connection_error</c>.</summary>
[Trait("Spec", "EIO-ERR-18")]
public sealed class RefusalTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("?EIO=4", null)]
    [InlineData("?EIO=4&transport=", "")]
    [InlineData("?EIO=4&transport=udp", "udp")]
    [InlineData("?EIO=4&transport=Polling", "Polling")]
    [InlineData("?EIO=4&transport=__proto__", "__proto__")]
    [InlineData("?EIO=4&transport=constructor", "constructor")]
    [InlineData("?EIO=4&transport=webtransport", "webtransport")]
    [InlineData("?EIO=4&transport=polling&transport=udp", "udp")]
    [InlineData("?EIO=4&transport=1", "1")]
    [Trait("Spec", "EIO-ERR-02")]
    [Trait("Spec", "SEC-HS-01")]
    [Trait("Spec", "EIO-HTTP-08")]
    [Trait("Spec", "EIO-HTTP-15")]
    [Trait("Spec", "EIO-ERR-01")]
    [Trait("Spec", "EIO-ERR-15")]
    [Trait("Behaviour", "engine.io/test/server.js:45")]
    [Trait("Behaviour", "engine.io/test/server.js:70")]
    [Trait("Behaviour", "engine.io/test/server.js:234")]
    [Trait("Behaviour", "engine.io/test/server.js:259")]
    [Trait("Behaviour", "engine.io/test/engine.io.js:65")]
    public async Task Unknown_transport(string query, string? transport)
    {
        await using var server = await RequestServer.StartAsync();
        await AssertRefusedAsync(server, "GET", "/engine.io/" + query, 0, "Transport unknown", ("transport", transport));
        await AssertUpgradeRefusedAsync(server, "/engine.io/" + query, 0, "Transport unknown", ("transport", transport));
    }

    [Fact]
    [Trait("Spec", "EIO-ERR-02")]
    [Trait("Spec", "SRV-EOPT-05")]
    public async Task Disabled_transport()
    {
        await using var polling = await RequestServer.StartAsync(options => options.Transports = EngineTransports.Polling);
        await AssertRefusedAsync(polling, "GET", RequestServer.WebSocket, 0, "Transport unknown", ("transport", "websocket"));
        await AssertUpgradeRefusedAsync(polling, RequestServer.WebSocket, 0, "Transport unknown", ("transport", "websocket"));
        await using var webSocket = await RequestServer.StartAsync(options => options.Transports = EngineTransports.WebSocket);
        await AssertRefusedAsync(webSocket, "GET", RequestServer.Polling, 0, "Transport unknown", ("transport", "polling"));
        await using var client = await SocketClient.OpenAsync(webSocket.Address);
    }

    [Theory]
    [InlineData("EIO=4&", "1234")]
    [InlineData("", "1234")]
    [InlineData("EIO=4&", "__proto__")]
    [InlineData("EIO=4&", "constructor")]
    [Trait("Spec", "EIO-ERR-03")]
    [Trait("Spec", "EIO-ERR-14")]
    [Trait("Spec", "EIO-ERR-19")]
    [Trait("Spec", "EIO-HTTP-08")]
    [Trait("Spec", "EIO-ERR-01")]
    [Trait("Spec", "EIO-POLL-09")]
    [Trait("Behaviour", "engine.io/test/server.js:97")]
    public async Task Unknown_sid(string revision, string sid)
    {
        await using var server = await RequestServer.StartAsync();
        foreach (var method in (string[])["GET", "POST", "PUT"])
            await AssertRefusedAsync(server, method, $"/engine.io/?{revision}transport=polling&sid={sid}", 1, "Session ID unknown", ("sid", sid));
        await AssertUpgradeRefusedAsync(server, $"/engine.io/?{revision}transport=websocket&sid={sid}", 1, "Session ID unknown", ("sid", sid));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    [InlineData("OPTIONS")]
    [InlineData("DELETE")]
    [InlineData("HEAD")]
    [Trait("Spec", "EIO-ERR-04")]
    [Trait("Spec", "EIO-ERR-14")]
    [Trait("Spec", "EIO-ERR-19")]
    [Trait("Spec", "EIO-HTTP-08")]
    [Trait("Spec", "EIO-ERR-01")]
    [Trait("Behaviour", "engine.io/test/server.js:758")]
    public async Task Bad_handshake_method(string method)
    {
        await using var server = await RequestServer.StartAsync();
        await AssertRefusedAsync(server, method, "/engine.io/?transport=polling", 2, "Bad handshake method", ("method", method));
        await AssertRefusedAsync(server, method, "/engine.io/?transport=polling&sid=", 2, "Bad handshake method", ("method", method));
    }

    [Fact]
    [Trait("Spec", "EIO-ERR-05")]
    [Trait("Spec", "EIO-WS-12")]
    [Trait("Behaviour", "engine.io/test/server.js:684")]
    public async Task WebSocket_transport_without_an_upgrade()
    {
        await using var server = await RequestServer.StartAsync();
        await AssertRefusedAsync(server, "GET", RequestServer.WebSocket, 3, "Bad request", ("name", "TRANSPORT_HANDSHAKE_ERROR"));
        await AssertUpgradeRefusedAsync(server, RequestServer.Polling, 3, "Bad request", ("name", "TRANSPORT_HANDSHAKE_ERROR"));
        Assert.Equal(0, server.Engine.ClientsCount);
    }

    [Fact]
    [Trait("Spec", "EIO-ERR-06")]
    [Trait("Spec", "EIO-ERR-20")]
    [Trait("Behaviour", "engine.io/test/server.js:621")]
    public async Task Transport_of_another_session_state()
    {
        await using var server = await RequestServer.StartAsync();
        await using var polling = await PollingClient.OpenAsync(server.Address);
        await AssertRefusedAsync(
            server, "GET", polling.UpgradeTarget, 3, "Bad request",
            ("name", "TRANSPORT_MISMATCH"), ("transport", "websocket"), ("previousTransport", "polling"));
        Assert.Equal("ok", (await polling.PostAsync("4a")).Text);

        var (upgraded, webSocket) = await server.UpgradeAsync();
        foreach (var method in (string[])["GET", "POST"])
        {
            await AssertRefusedAsync(
                server, method, upgraded.Target, 3, "Bad request",
                ("name", "TRANSPORT_MISMATCH"), ("transport", "polling"), ("previousTransport", "websocket"));
        }

        await AssertRefusedAsync(server, "GET", upgraded.UpgradeTarget, 3, "Bad request", ("name", "TRANSPORT_HANDSHAKE_ERROR"));
        Assert.Equal(2, server.Engine.ClientsCount);
        await upgraded.DisposeAsync();
        await webSocket.DisposeAsync();
    }

    [Fact]
    [Trait("Spec", "EIO-ERR-07")]
    [Trait("Spec", "SRV-SEC-01")]
    [Trait("Behaviour", "engine.io/test/server.js:721")]
    public async Task Origin_that_is_no_header_text()
    {
        await using var server = await RequestServer.StartAsync();
        await AssertRefusedAsync(
            server, "GET", RequestServer.Polling, 3, "Bad request", [("Origin", "http://€")], ("name", "INVALID_ORIGIN"), ("origin", "http://€"));
        // Kestrel refuses control characters by itself.
        Assert.Equal(400, (await server.GetAsync(RequestServer.Polling, ("Origin", "http://\u0001"))).Status);
        Assert.Equal(200, (await server.GetAsync(RequestServer.Polling, ("Origin", "http://é\tx"))).Status);
    }

    [Theory]
    [InlineData(4, "EIO=3", 3)]
    [InlineData(4, "x=1", 3)]
    [InlineData(3, "EIO=4", 4)]
    [Trait("Spec", "EIO-ERR-08")]
    [Trait("Spec", "EIO-HS-10")]
    public async Task Revision_of_another_session(int revision, string query, int asked)
    {
        await using var server = await RequestServer.StartAsync(options => options.AllowEIO3 = true);
        await using var polling = await PollingClient.OpenAsync(server.Address, revision: revision);
        (string, object?)[] context = [("name", "PROTOCOL_MISMATCH"), ("protocol", asked), ("previousProtocol", revision)];
        await AssertRefusedAsync(server, "GET", $"/engine.io/?{query}&transport=polling&sid={polling.Sid}", 3, "Bad request", context);
        await AssertUpgradeRefusedAsync(server, $"/engine.io/?{query}&transport=websocket&sid={polling.Sid}", 3, "Bad request", context);
        Assert.Equal(1, server.Engine.ClientsCount);
    }

    [Theory]
    [InlineData("EIO=3&")]
    [InlineData("")]
    [InlineData("EIO=5&")]
    [InlineData("EIO=abc&")]
    [InlineData("EIO=&")]
    [InlineData("EIO=4&EIO=3&")]
    [Trait("Spec", "EIO-ERR-12")]
    [Trait("Spec", "EIO-ERR-16")]
    [Trait("Spec", "EIO-HTTP-08")]
    [Trait("Spec", "SRV-EOPT-11")]
    [Trait("Behaviour", "engine.io/test/server.js:783")]
    [Trait("Behaviour", "socket.io/test/v2-compatibility.ts:49")]
    public async Task Unsupported_revision(string query)
    {
        await using var server = await RequestServer.StartAsync();
        await AssertRefusedAsync(server, "GET", $"/engine.io/?{query}transport=polling", 5, "Unsupported protocol version", ("protocol", 3));
        await AssertUpgradeRefusedAsync(server, $"/engine.io/?{query}transport=websocket", 5, "Unsupported protocol version", ("protocol", 3));
    }

    private static Task AssertRefusedAsync(
        RequestServer server, string method, string target, int code, string message, params (string Key, object? Value)[] context) =>
        AssertRefusedAsync(server, method, target, code, message, [], context);

    private static async Task AssertRefusedAsync(
        RequestServer server, string method, string target, int code, string message, (string, string)[] headers, params (string Key, object? Value)[] context)
    {
        var before = server.Errors.Count;
        var response = await server.RequestAsync(method, target, headers);
        Assert.Equal(400, response.Status);
        Assert.Equal("application/json", response.ContentType);
        Assert.Null(response.Header("Cache-Control"));
        if (method != "HEAD") Assert.Equal($$"""{"code":{{code}},"message":"{{message}}"}""", response.Text);
        AssertEvent(server, before, target, code, message, context);
    }

    private static async Task AssertUpgradeRefusedAsync(
        RequestServer server, string target, int code, string message, params (string Key, object? Value)[] context)
    {
        var before = server.Errors.Count;
        var response = await RawWebSocket.RefusedAsync(server.Address, target);
        Assert.Equal((400, message), (response.Status, response.Text));
        Assert.Equal("text/html", response.ContentType);
        Assert.Equal("close", response.Header("Connection"));
        AssertEvent(server, before, target, code, message, context);
    }

    private static void AssertEvent(RequestServer server, int before, string target, int code, string message, (string Key, object? Value)[] context)
    {
        var seen = Assert.Single(server.Errors.Skip(before));
        Assert.Equal(((EngineErrorCode)code, message), (seen.Code, seen.Message));
        Assert.Equal(context.OrderBy(pair => pair.Key), seen.Context.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key));
        Assert.EndsWith(seen.Query, target, StringComparison.Ordinal);
    }
}
