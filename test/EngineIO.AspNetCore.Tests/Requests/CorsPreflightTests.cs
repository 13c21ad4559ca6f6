namespace EngineIO.AspNetCore.Tests.Requests;

/// <summary>The answer to OPTIONS.</summary>
public sealed class CorsPreflightTests
{
    [Theory]
    [InlineData("/engine.io/")]
    [InlineData("/engine.io/?EIO=4&transport=polling&sid=unknown")]
    [InlineData("/engine.io/?EIO=9&transport=udp")]
    [Trait("Spec", "EIO-CORS-02")]
    [Trait("Spec", "EIO-CORS-04")]
    public async Task Any_OPTIONS_request_is_a_preflight(string target)
    {
        await using var server = await RequestServer.StartAsync(options => options.Cors = new EngineCorsOptions());

        var response = await server.RequestAsync("OPTIONS", target);

        Assert.Equal(204, response.Status);
        // RFC 9110 forbids it here, and Kestrel leaves it out.
        Assert.Null(response.Header("Content-Length"));
        Assert.Equal("*", response.Header("Access-Control-Allow-Origin"));
        Assert.Equal("GET,HEAD,PUT,PATCH,POST,DELETE", response.Header("Access-Control-Allow-Methods"));
        Assert.Equal("Access-Control-Request-Headers", response.Header("Vary"));
        Assert.Null(response.Header("Access-Control-Allow-Headers"));
        Assert.Null(response.Header("Access-Control-Max-Age"));
        Assert.Null(response.Header("Access-Control-Allow-Credentials"));
        Assert.Null(response.Header("Access-Control-Expose-Headers"));
        Assert.Empty(server.Errors);
    }

    [Fact]
    [Trait("Spec", "EIO-CORS-02")]
    public async Task Preflight_that_continues_can_be_answered_by_a_middleware()
    {
        await using var server = await RequestServer.StartAsync(
            options => options.Cors = new EngineCorsOptions { PreflightContinue = true },
            engine => engine.Use((request, _) =>
            {
                request.HttpContext.Response.StatusCode = 299;
                return default;
            }));

        var response = await server.RequestAsync("OPTIONS", RequestServer.Polling);

        Assert.Equal(299, response.Status);
        Assert.Equal("*", response.Header("Access-Control-Allow-Origin"));
        Assert.Empty(server.Errors);
    }

    [Fact]
    [Trait("Spec", "EIO-CORS-02")]
    [Trait("Spec", "EIO-CORS-04")]
    [Trait("Spec", "EIO-CORS-05")]
    [Trait("Behaviour", "engine.io/test/server.js:3690")]
    [Trait("Behaviour", "engine.io/test/server.js:3778")]
    [Trait("Behaviour", "socket.io/test/handshake.ts:8")]
    public async Task Every_option_shows()
    {
        await using var server = await RequestServer.StartAsync(options => options.Cors = new EngineCorsOptions
        {
            ReflectOrigin = true,
            Methods = ["GET", "PUT", "POST"],
            AllowedHeaders = ["my-header", "other"],
            ExposedHeaders = ["my-exposed-header"],
            Credentials = true,
            MaxAge = TimeSpan.FromSeconds(123),
            OptionsSuccessStatus = 200,
        });

        var response = await server.RequestAsync("OPTIONS", RequestServer.Polling, ("Origin", "http://a.test"));

        Assert.Equal((200, ""), (response.Status, response.Text));
        Assert.Equal("http://a.test", response.Header("Access-Control-Allow-Origin"));
        Assert.Equal("GET,PUT,POST", response.Header("Access-Control-Allow-Methods"));
        Assert.Equal("my-header,other", response.Header("Access-Control-Allow-Headers"));
        Assert.Equal("my-exposed-header", response.Header("Access-Control-Expose-Headers"));
        Assert.Equal("true", response.Header("Access-Control-Allow-Credentials"));
        Assert.Equal("123", response.Header("Access-Control-Max-Age"));
    }

    [Fact]
    [Trait("Spec", "EIO-CORS-06")]
    [Trait("Behaviour", "engine.io/test/server.js:3750")]
    public async Task Foreign_origin_is_answered_without_permission()
    {
        await using var server = await RequestServer.StartAsync(
            options => options.Cors = new EngineCorsOptions { Origins = { "http://good.test", "http://other.test" } });

        var response = await server.RequestAsync("OPTIONS", RequestServer.Polling, ("Origin", "http://bad.test"));

        Assert.Equal((204, ""), (response.Status, response.Text));
        Assert.Null(response.Header("Access-Control-Allow-Origin"));
        Assert.Null(response.Header("Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData("/engine.io/")]
    [InlineData(RequestServer.Polling)]
    [Trait("Spec", "EIO-CORS-03")]
    public async Task Without_the_option_no_header_is_written(string target)
    {
        await using var server = await RequestServer.StartAsync();

        foreach (var method in (string[])["GET", "OPTIONS"])
        {
            var response = await server.RequestAsync(method, target, ("Origin", "http://a.test"));
            Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
            Assert.Null(response.Header("Vary"));
        }
    }
}
