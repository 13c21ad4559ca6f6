using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Requests;

/// <summary>Which origin is allowed, on every kind of answer.</summary>
public sealed class CorsMatrixTests
{
    private const string A = "http://a.test";
    private const string B = "http://b.test";

    [Theory]
    [InlineData("absent", A, "*", null)]
    [InlineData("absent", null, "*", null)]
    [InlineData("*", A, "*", null)]
    [InlineData("string", A, A, "Origin")]
    [InlineData("string", B, A, "Origin")]
    [InlineData("string", null, A, "Origin")]
    [InlineData("true", B, B, "Origin")]
    [InlineData("true", null, null, "Origin")]
    [InlineData("list", B, B, "Origin")]
    [InlineData("list", "http://c.test", null, "Origin")]
    [InlineData("list", "HTTP://A.test", null, "Origin")]
    [InlineData("pattern", A, A, "Origin")]
    [InlineData("pattern", "http://evil.test", null, "Origin")]
    [InlineData("predicate", A, A, "Origin")]
    [InlineData("predicate", B, null, "Origin")]
    [InlineData("predicate", null, null, "Origin")]
    [InlineData("off", A, null, null)]
    [Trait("Spec", "EIO-CORS-03")]
    [Trait("Spec", "EIO-CORS-06")]
    [Trait("Behaviour", "engine.io/test/server.js:684")]
    public async Task Allow_header_follows_the_origin_option(string option, string? origin, string? allowed, string? vary)
    {
        await using var server = await RequestServer.StartAsync(options => options.Cors = CorsOf(option));
        (string, string)[] headers = origin is null ? [] : [("Origin", origin)];

        var get = await server.GetAsync(RequestServer.Polling, headers);
        Assert.Equal(200, get.Status);
        AssertOrigin(get);
        var error = await server.GetAsync("/engine.io/?EIO=4&transport=udp", headers);
        Assert.Equal("""{"code":0,"message":"Transport unknown"}""", error.Text);
        AssertOrigin(error);
        var handshake = await server.GetAsync(RequestServer.WebSocket, headers);
        Assert.Equal("""{"code":3,"message":"Bad request"}""", handshake.Text);
        AssertOrigin(handshake);
        await using var webSocket = await RawWebSocket.ConnectAsync(server.Address, RequestServer.WebSocket, headers);
        AssertOrigin(webSocket.Upgrade);
        AssertOrigin(await RawWebSocket.RefusedAsync(server.Address, RequestServer.WebSocket + "&sid=x", headers));

        var options = await server.RequestAsync("OPTIONS", RequestServer.Polling, [.. headers, ("Access-Control-Request-Method", "POST")]);
        Assert.Equal(option == "off" ? 400 : 204, options.Status);
        Assert.Equal(allowed, options.Header("Access-Control-Allow-Origin"));
        string?[] expected = option == "off" ? [] : vary is null ? ["Access-Control-Request-Headers"] : [vary, "Access-Control-Request-Headers"];
        Assert.Equal(expected, options.Header("Vary")?.Split(", ") ?? []);
        if (option == "off") Assert.Equal("""{"code":2,"message":"Bad handshake method"}""", options.Text);

        void AssertOrigin(RawResponse response)
        {
            Assert.Equal(allowed, response.Header("Access-Control-Allow-Origin"));
            Assert.Equal(vary, response.Header("Vary"));
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("OPTIONS")]
    [Trait("Spec", "EIO-CORS-03")]
    [Trait("Spec", "EIO-ERR-09")]
    public async Task Origin_callback_that_throws_refuses_the_request(string method)
    {
        await using var server = await RequestServer.StartAsync(options =>
            options.Cors = new EngineCorsOptions { IsOriginAllowed = static _ => throw new InvalidOperationException("no") });

        var response = await server.RequestAsync(method, RequestServer.Polling, ("Origin", A));

        Assert.Equal(400, response.Status);
        Assert.Equal("""{"code":3,"message":"Bad request"}""", response.Text);
        Assert.Null(response.Header("Access-Control-Allow-Origin"));
        var error = Assert.Single(server.Errors);
        Assert.Equal("MIDDLEWARE_FAILURE", error.Context["name"]);
        var upgrade = await RawWebSocket.RefusedAsync(server.Address, RequestServer.WebSocket, ("Origin", A));
        Assert.Equal((400, "Bad request"), (upgrade.Status, upgrade.Text));
        Assert.Equal(2, server.Errors.Count);
    }

    [Fact]
    [Trait("Spec", "EIO-CORS-01")]
    [Trait("Spec", "EIO-CORS-05")]
    [Trait("Behaviour", "engine.io/test/server.js:3720")]
    [Trait("Behaviour", "socket.io/test/handshake.ts:36")]
    public async Task Every_answer_of_a_session_carries_the_headers_once()
    {
        await using var server = await RequestServer.StartAsync(options =>
        {
            options.Cors = new EngineCorsOptions { ReflectOrigin = true, Credentials = true, ExposedHeaders = ["x-a", "x-b"] };
            options.MaxHttpBufferSize = 10;
        });
        var sid = (await PollingClient.OpenAsync(server.Address)).Sid;
        var target = $"{RequestServer.Polling}&sid={sid}";

        AssertHeaders(await server.GetAsync(RequestServer.Polling, ("Origin", A)), 200);
        AssertHeaders(await RawHttp.RequestAsync(server.Address, "POST", target, "4a", ("Origin", A)), 200);
        AssertHeaders(await RawHttp.RequestAsync(server.Address, "POST", target, new string('4', 11), ("Origin", A)), 413);
        AssertHeaders(await server.RequestAsync("PUT", target, ("Origin", A)), 500);
        AssertHeaders(await server.RequestAsync("OPTIONS", target, ("Origin", A)), 204);

        static void AssertHeaders(RawResponse response, int status)
        {
            Assert.Equal(status, response.Status);
            Assert.Equal(A, response.Header("Access-Control-Allow-Origin"));
            Assert.Equal("true", response.Header("Access-Control-Allow-Credentials"));
            Assert.Equal("x-a,x-b", response.Header("Access-Control-Expose-Headers"));
        }
    }

    [Theory]
    [InlineData(A, A)]
    [InlineData(B, null)]
    [Trait("Spec", "EIO-CORS-07")]
    public async Task Policy_of_ASP_NET_Core_writes_the_headers_alone(string origin, string? allowed)
    {
        await using var server = await RequestServer.StartAsync(
            options => options.Cors = new EngineCorsOptions { ReflectOrigin = true, Credentials = true, ExposedHeaders = ["x-own"] },
            engine => engine.RequireCors("policy"),
            services => services.AddCors(cors => cors.AddPolicy("policy", policy => policy.WithOrigins(A).WithExposedHeaders("x-policy"))),
            app => app.UseCors());

        var response = await server.GetAsync(RequestServer.Polling, ("Origin", origin));

        Assert.Equal(200, response.Status);
        Assert.Equal(allowed, response.Header("Access-Control-Allow-Origin"));
        Assert.Equal(allowed is null ? null : "x-policy", response.Header("Access-Control-Expose-Headers"));
        Assert.Null(response.Header("Access-Control-Allow-Credentials"));
        var preflight = await server.RequestAsync("OPTIONS", RequestServer.Polling, ("Origin", origin), ("Access-Control-Request-Method", "POST"));
        Assert.Equal(204, preflight.Status);
        Assert.Equal(allowed, preflight.Header("Access-Control-Allow-Origin"));
    }

    private static EngineCorsOptions? CorsOf(string option) => option switch
    {
        "absent" => new(),
        "*" => new() { Origins = { "*" } },
        "string" => new() { Origins = { A } },
        "true" => new() { ReflectOrigin = true },
        "list" => new() { Origins = { A, B } },
        "pattern" => new() { OriginPattern = new Regex(@"^http://[ab]\.test$") },
        "predicate" => new() { IsOriginAllowed = origin => origin == A },
        _ => null,
    };
}
