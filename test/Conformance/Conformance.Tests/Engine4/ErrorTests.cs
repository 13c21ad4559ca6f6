namespace Conformance.Tests.Engine4;

public sealed class ErrorTests(ConformanceServers servers) : ModeTests(servers, "eio4", "/engine.io/")
{
    [Theory]
    [InlineData("EIO-ERR-02", "GET", "", 0)]
    [InlineData("EIO-ERR-02", "GET", "?EIO=4", 0)]
    [InlineData("EIO-ERR-02", "GET", "?EIO=4&transport=", 0)]
    [InlineData("EIO-ERR-02", "GET", "?EIO=4&transport=udp", 0)]
    [InlineData("EIO-ERR-02", "GET", "?EIO=4&transport=webtransport", 0)]
    [InlineData("SEC-HS-01", "GET", "?EIO=4&transport=__proto__", 0)]
    [InlineData("SEC-HS-01", "GET", "?EIO=4&transport=constructor", 0)]
    [InlineData("SEC-HS-01", "POST", "?EIO=4&transport=toString&sid=x", 0)]
    [InlineData("EIO-ERR-03", "GET", "?EIO=4&transport=polling&sid=1234", 1)]
    [InlineData("EIO-ERR-03", "POST", "?EIO=4&transport=polling&sid=1234", 1)]
    [InlineData("EIO-ERR-14", "GET", "?transport=polling&sid=1234", 1)]
    [InlineData("EIO-ERR-19", "GET", "?EIO=4&transport=polling&sid=__proto__", 1)]
    [InlineData("EIO-ERR-19", "GET", "?EIO=4&transport=polling&sid=constructor", 1)]
    [InlineData("EIO-ERR-04", "POST", "?EIO=4&transport=polling", 2)]
    [InlineData("EIO-ERR-04", "PUT", "?EIO=4&transport=polling", 2)]
    [InlineData("EIO-ERR-04", "DELETE", "?EIO=4&transport=polling", 2)]
    [InlineData("EIO-ERR-04", "PATCH", "?EIO=4&transport=websocket", 2)]
    [InlineData("EIO-ERR-14", "PUT", "?transport=polling", 2)]
    [InlineData("EIO-ERR-05", "GET", "?EIO=4&transport=websocket", 3)]
    [InlineData("EIO-ERR-05", "GET", "?EIO=3&transport=websocket", 3)]
    [InlineData("EIO-ERR-12", "GET", "?transport=polling&EIO=3", 5)]
    [InlineData("EIO-ERR-12", "GET", "?transport=polling", 5)]
    [InlineData("EIO-ERR-12", "GET", "?transport=polling&EIO=5", 5)]
    [InlineData("EIO-ERR-12", "GET", "?transport=polling&EIO=abc", 5)]
    [InlineData("EIO-ERR-12", "GET", "?transport=polling&EIO=", 5)]
    [InlineData("EIO-ERR-12", "GET", "?transport=polling&EIO=04", 5)]
    [Trait("Spec", "EIO-ERR-01")]
    [Trait("Spec", "EIO-HTTP-08")]
    public async Task First_failing_check_decides_the_answer(string spec, string method, string query, int code)
    {
        Assert.NotEmpty(spec);
        var response = await RawHttp.RequestAsync(Server, method, Path + query, method == "GET" ? null : "");

        AssertError(response, code);
        Assert.Null(response.Header("cache-control"));
    }

    [Fact]
    [Trait("Spec", "EIO-ERR-04")]
    public async Task Head_without_a_session_is_refused_without_a_body()
    {
        var response = await RawHttp.RequestAsync(Server, "HEAD", Path + "?EIO=4&transport=polling");

        Assert.Equal(400, response.Status);
        Assert.Equal("application/json", response.ContentType);
    }

    [Fact]
    [Trait("Spec", "EIO-ERR-06")]
    public async Task Websocket_request_without_upgrade_on_a_polling_session_is_a_mismatch()
    {
        await using var client = await OpenPollingAsync();

        AssertError(await RawHttp.GetAsync(Server, client.UpgradeTarget), 3);
        AssertError(await RawHttp.RequestAsync(Server, "POST", client.UpgradeTarget, "4x"), 3);
    }

    [Fact]
    [Trait("Spec", "EIO-ERR-07")]
    public async Task Control_character_in_origin_is_refused()
    {
        await using var http = await RawHttp.ConnectAsync(Server);
        await http.SendAsync("GET", Path + "?EIO=4&transport=polling", (byte[]?)null, ("Origin", "http://a\u0001b"));

        Assert.Equal(400, (await http.ReadAsync()).Status);
    }

    [Theory]
    [Trait("Spec", "EIO-ERR-08")]
    [InlineData("EIO=3")]
    [InlineData("x=4")]
    public async Task Revision_of_a_session_is_fixed(string revision)
    {
        await using var client = await OpenPollingAsync();
        string target(string from) => from.Replace("EIO=4", revision, StringComparison.Ordinal);

        AssertError(await RawHttp.GetAsync(Server, target(client.Target)), 3);
        AssertError(await RawHttp.RequestAsync(Server, "POST", target(client.Target), "4x"), 3);
        Assert.Equal("Bad request", (await RawWebSocket.RefusedAsync(Server, target(client.UpgradeTarget))).Text);
        await client.SendAsync("4alive");
        Assert.Equal("4alive", await client.ReceiveAsync());
    }

    [Theory]
    [InlineData("EIO-ERR-15", "?EIO=4&transport=udp", "Transport unknown")]
    [InlineData("EIO-ERR-15", "?EIO=4", "Transport unknown")]
    [InlineData("SEC-HS-01", "?EIO=4&transport=__proto__", "Transport unknown")]
    [InlineData("SEC-HS-01", "?EIO=4&transport=websocket&transport=constructor", "Transport unknown")]
    [InlineData("EIO-ERR-15", "?EIO=4&transport=webtransport", "Transport unknown")]
    [InlineData("EIO-ERR-15", "?EIO=4&transport=websocket&sid=1234", "Session ID unknown")]
    [InlineData("EIO-ERR-19", "?EIO=4&transport=websocket&sid=__proto__", "Session ID unknown")]
    [Trait("Spec", "EIO-HTTP-15")]
    [Trait("Behaviour", "engine.io/test/server.js:1144")]
    public async Task Refused_upgrade_tells_why_in_plain_text_and_closes(string spec, string query, string message)
    {
        Assert.NotEmpty(spec);
        var response = await RawWebSocket.RefusedAsync(Server, Path + query);

        Assert.Equal(400, response.Status);
        Assert.Equal("Bad Request", response.Reason);
        Assert.Equal("text/html", response.ContentType);
        Assert.Equal("close", response.Header("connection"));
        Assert.Equal(message.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), response.Header("content-length"));
        Assert.Equal(message, response.Text);
    }

    [Fact]
    [Trait("Spec", "EIO-ERR-16")]
    public async Task Websocket_handshake_of_a_revision_that_is_not_allowed_is_refused_before_it_is_accepted()
    {
        OursOnly("EIO-ERR-16: the reference answers 101 and drops the connection");
        var response = await RawWebSocket.RefusedAsync(Server, Path + "?EIO=3&transport=websocket");

        Assert.Equal(400, response.Status);
        Assert.Equal("Unsupported protocol version", response.Text);
    }

    [Theory]
    [Trait("Spec", "EIO-ERR-17")]
    [Trait("Spec", "EIO-HTTP-12")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("HEAD")]
    public async Task Other_methods_on_a_session_get_500_and_harm_nothing(string method)
    {
        await using var client = await OpenPollingAsync();

        var response = await RawHttp.RequestAsync(Server, method, client.Target, method == "HEAD" ? null : "4x");

        Assert.Equal(500, response.Status);
        Assert.Null(response.ContentType);
        Assert.Empty(response.Body);
        await client.SendAsync("4alive");
        Assert.Equal("4alive", await client.ReceiveAsync());
    }

    [Fact]
    [Trait("Spec", "EIO-ERR-20")]
    public async Task Plain_websocket_request_on_a_websocket_session_is_refused()
    {
        OursOnly("EIO-ERR-20: the reference leaves the request hanging");
        await using var client = await OpenWebSocketAsync();

        AssertError(await RawHttp.GetAsync(Server, $"{Path}?EIO=4&transport=websocket&sid={client.Sid}"), 3);
        await client.SendAsync("4alive");
        Assert.Equal("4alive", await client.ReceiveTextAsync());
    }

    [Fact]
    [Trait("Spec", "EIO-ERR-21")]
    [Trait("Spec", "EIO-CORS-01")]
    public async Task Cors_headers_are_on_every_answer()
    {
        await using var client = await OpenPollingAsync();
        await using var webSocket = await OpenWebSocketAsync();
        RawResponse[] answers =
        [
            client.OpenResponse,
            webSocket.WebSocket.Upgrade,
            await client.PostAsync("4x"),
            await client.GetAsync(),
            await RawHttp.GetAsync(Server, Path),
            await RawHttp.GetAsync(Server, Path + "?EIO=3&transport=polling"),
            await RawHttp.RequestAsync(Server, "PUT", client.Target),
            await RawHttp.RequestAsync(Server, "OPTIONS", Path),
        ];

        Assert.All(answers, answer => Assert.Equal("*", answer.Header("access-control-allow-origin")));
    }

    [Theory]
    [Trait("Spec", "EIO-CORS-02")]
    [Trait("Spec", "EIO-HTTP-13")]
    [InlineData("")]
    [InlineData("?EIO=4&transport=polling")]
    [InlineData("?EIO=4&transport=polling&sid=unknown")]
    public async Task Every_options_request_is_a_preflight(string query)
    {
        var response = await RawHttp.RequestAsync(Server, "OPTIONS", Path + query, null, ("Access-Control-Request-Headers", "x-a, x-b"));

        Assert.Equal(204, response.Status);
        // Kestrel lets no 204 have a Content-Length, as RFC 9110 (8.6) demands.
        Assert.Equal(ConformanceServers.IsReference ? "0" : null, response.Header("content-length"));
        Assert.Equal("GET,HEAD,PUT,PATCH,POST,DELETE", response.Header("access-control-allow-methods"));
        Assert.Equal("x-a, x-b", response.Header("access-control-allow-headers"));
        Assert.Equal("Access-Control-Request-Headers", response.Header("vary"));
    }
}
