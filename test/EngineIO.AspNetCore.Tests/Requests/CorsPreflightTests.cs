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
