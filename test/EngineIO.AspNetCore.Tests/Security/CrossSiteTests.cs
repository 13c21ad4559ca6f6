using EngineIO.AspNetCore.Tests.Requests;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Security;

/// <summary>Pages of other sites, whose browser sends cookies along.</summary>
[Trait("Spec", "SEC-HS-04")]
public sealed class CrossSiteTests
{
    private const string Allowed = "https://app.test";
    private const string Foreign = "https://evil.test";

    [Fact]
    [Trait("Spec", "SRV-SEC-04")]
    public async Task By_default_no_page_of_another_origin_may_read_and_a_websocket_is_not_checked()
    {
        await using var server = await RequestServer.StartAsync();

        var polling = await server.GetAsync(RequestServer.Polling, ("Origin", Foreign));
        Assert.Null(polling.Header("Access-Control-Allow-Origin"));
        await using var webSocket = await RawWebSocket.ConnectAsync(server.Address, RequestServer.WebSocket, ("Origin", Foreign));
        Assert.Null(webSocket.Upgrade.Header("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData(Allowed, true)]
    [InlineData("https://a.pattern.test", true)]
    [InlineData("https://predicate.test", true)]
    [InlineData(null, true)]
    [InlineData("own", true)]
    [InlineData(Foreign, false)]
    [InlineData("null", false)]
    [InlineData("https://app.test.evil.test", false)]
    [InlineData("https://APP.test", false)]
    [InlineData("http://app.test", false)]
    [InlineData("https://app.test, https://evil.test", false)]
    [InlineData("", false)]
    public async Task Origin_policy_holds_for_polling_and_for_websockets(string? origin, bool isServed)
    {
        await using var server = await RequestServer.StartAsync(options => options.Cors = new EngineCorsOptions
        {
            Origins = { Allowed },
            OriginPattern = new(@"^https://[a-z]+\.pattern\.test$"),
            IsOriginAllowed = asked => asked == "https://predicate.test",
            RefuseOtherOrigins = true,
            Credentials = true,
        });
        if (origin == "own") origin = $"http://{server.Address.Authority}";
        (string, string)[] headers = [.. origin is null ? [] : new[] { ("Origin", origin) }];
        await using var neighbour = await SocketClient.OpenAsync(server.Address);

        if (isServed)
        {
            Assert.Equal(200, (await server.GetAsync(RequestServer.Polling, headers)).Status);
            await using var webSocket = await RawWebSocket.ConnectAsync(server.Address, RequestServer.WebSocket, headers);
            Assert.Empty(server.Errors);
            return;
        }

        var polling = await server.GetAsync(RequestServer.Polling, headers);
        Assert.Equal((403, """{"code":4,"message":"Origin not allowed"}"""), (polling.Status, polling.Text));
        var upgrade = await RawWebSocket.RefusedAsync(server.Address, RequestServer.WebSocket, headers);
        Assert.Equal((400, "Origin not allowed"), (upgrade.Status, upgrade.Text));
        Assert.All(server.Errors, error => Assert.Equal(EngineErrorCode.Forbidden, error.Code));
        Assert.Equal(2, server.Log.Entries.Count(entry => entry.Category == "engine"));
        Assert.Equal(1, server.Engine.ClientsCount);
    }

    [Theory]
    [InlineData("http://a\u000bb")]
    [InlineData("http://é")]
    public async Task Origin_that_no_header_can_hold_is_not_reflected(string origin)
    {
        await using var server = await RequestServer.StartAsync(options => options.Cors = new EngineCorsOptions { ReflectOrigin = true });

        var response = await server.GetAsync(RequestServer.Polling, ("Origin", origin));
        Assert.Null(response.Header("Access-Control-Allow-Origin"));
        var preflight = await server.RequestAsync("OPTIONS", RequestServer.Polling, ("Access-Control-Request-Headers", origin));
        Assert.Equal(204, preflight.Status);
        Assert.Null(preflight.Header("Access-Control-Allow-Headers"));

        Assert.Empty(server.Log.Errors);
        Assert.DoesNotContain(server.Errors, error => error.Context.Values.Contains("MIDDLEWARE_FAILURE"));
    }
}
