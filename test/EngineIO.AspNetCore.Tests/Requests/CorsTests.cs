using System.Text.RegularExpressions;
using EngineIO.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Requests;

public sealed partial class CorsTests
{
    private const string Good = "http://good.example";
    private const string Bad = "http://bad.example";

    /// <summary>Row of the matrix: how the origin option is set, the request's origin, the allowed origin, whether Vary names Origin.</summary>
    [Theory]
    [Trait("Spec", "EIO-CORS-03")]
    [Trait("Spec", "EIO-CORS-06")]
    [InlineData("default", Good, "*", false)]
    [InlineData("default", null, "*", false)]
    [InlineData("star", Good, "*", false)]
    [InlineData("string", Good, Good, true)]
    [InlineData("string", Bad, Good, true)]
    [InlineData("string", null, Good, true)]
    [InlineData("reflect", Bad, Bad, true)]
    [InlineData("list", Good, Good, true)]
    [InlineData("list", Bad, null, true)]
    [InlineData("list", null, null, true)]
    [InlineData("pattern", Good, Good, true)]
    [InlineData("pattern", Bad, null, true)]
    [InlineData("predicate", Good, Good, true)]
    [InlineData("predicate", Bad, null, true)]
    [InlineData("off", Good, null, false)]
    public async Task Origin_is_answered_as_the_option_says(string option, string? origin, string? expected, bool vary)
    {
        await using var host = await TestEngine.StartAsync(options => options.Cors = Make(option));
        (string, string)[] headers = origin is null ? [] : [("Origin", origin)];

        var get = await host.GetAsync("?EIO=4&transport=polling", headers);
        var preflight = await RawHttp.RequestAsync(host.Address, "OPTIONS", "/engine.io/?EIO=4&transport=polling", null, headers);
        await using var socket = await RawWebSocket.ConnectAsync(host.Address, "/engine.io/?EIO=4&transport=websocket", headers);
        var error = await host.GetAsync("?EIO=4&transport=udp", headers);

        // CORS is no access control: the request is served in any case.
        Assert.Equal(200, get.Status);
        Assert.Equal(option == "off" ? 400 : 204, preflight.Status);
        Assert.All(
            (RawResponse[])[get, preflight, socket.Upgrade, error],
            answer =>
            {
                Assert.Equal(expected, answer.Header("access-control-allow-origin"));
                Assert.Equal(vary, answer.Header("vary")?.Split(", ").Contains("Origin") ?? false);
            });
    }

    [Fact]
    [Trait("Spec", "EIO-CORS-04")]
    [Trait("Spec", "EIO-CORS-05")]
    public async Task Every_option_shows_in_the_headers()
    {
        await using var host = await TestEngine.StartAsync(options => options.Cors = new EngineCorsOptions
        {
            Origins = { Good },
            Methods = ["GET", "POST"],
            AllowedHeaders = ["X-A", "X-B"],
            ExposedHeaders = ["X-C", "X-D"],
            Credentials = true,
            MaxAge = TimeSpan.FromSeconds(600),
            OptionsSuccessStatus = 200,
        });

        var preflight = await RawHttp.RequestAsync(host.Address, "OPTIONS", "/engine.io/", null, ("Access-Control-Request-Headers", "x-z"));
        var get = await host.GetAsync("?EIO=4&transport=polling");

        Assert.Equal(200, preflight.Status);
        Assert.Equal("0", preflight.Header("content-length"));
        Assert.Equal("GET,POST", preflight.Header("access-control-allow-methods"));
        Assert.Equal("X-A,X-B", preflight.Header("access-control-allow-headers"));
        Assert.Equal("600", preflight.Header("access-control-max-age"));
        Assert.Equal("Origin", preflight.Header("vary"));
        Assert.All((RawResponse[])[preflight, get], answer =>
        {
            Assert.Equal(Good, answer.Header("access-control-allow-origin"));
            Assert.Equal("true", answer.Header("access-control-allow-credentials"));
            Assert.Equal("X-C,X-D", answer.Header("access-control-expose-headers"));
        });
        Assert.Null(get.Header("access-control-allow-methods"));
        Assert.Null(get.Header("access-control-allow-headers"));
        Assert.Null(get.Header("access-control-max-age"));
    }

    [Fact]
    [Trait("Spec", "EIO-CORS-04")]
    public async Task Requested_headers_are_reflected_by_default()
    {
        await using var host = await TestEngine.StartAsync(options => options.Cors = new EngineCorsOptions { Origins = { Good } });

        var preflight = await RawHttp.RequestAsync(
            host.Address, "OPTIONS", "/engine.io/?EIO=4", null, ("Origin", Good), ("Access-Control-Request-Headers", "x-a,x-b"));

        Assert.Equal("x-a,x-b", preflight.Header("access-control-allow-headers"));
        Assert.Equal("Origin, Access-Control-Request-Headers", preflight.Header("vary"));
        Assert.Equal("GET,HEAD,PUT,PATCH,POST,DELETE", preflight.Header("access-control-allow-methods"));
    }

    [Fact]
    [Trait("Spec", "EIO-CORS-02")]
    public async Task Preflight_may_go_on_to_verification()
    {
        await using var host = await TestEngine.StartAsync(options => options.Cors = new EngineCorsOptions { PreflightContinue = true });

        var preflight = await RawHttp.RequestAsync(host.Address, "OPTIONS", "/engine.io/?EIO=4&transport=polling");

        Assert.Equal("""{"code":2,"message":"Bad handshake method"}""", preflight.Text);
        Assert.Equal("*", preflight.Header("access-control-allow-origin"));
    }

    [Fact]
    [Trait("Spec", "EIO-CORS-07")]
    public async Task Policy_of_aspnetcore_takes_the_place_of_the_option()
    {
        await using var host = await TestEngine.StartAsync(
            options => options.Cors = new EngineCorsOptions(),
            engine => engine.RequireCors(policy => policy.WithOrigins(Good).AllowCredentials()),
            services: builder => builder.Services.AddCors(),
            pipeline: app => app.UseCors());

        var good = await host.GetAsync("?EIO=4&transport=polling", ("Origin", Good));
        var bad = await host.GetAsync("?EIO=4&transport=polling", ("Origin", Bad));

        Assert.Equal([Good], good.HeaderValues("access-control-allow-origin"));
        Assert.Equal(["true"], good.HeaderValues("access-control-allow-credentials"));
        Assert.Empty(bad.HeaderValues("access-control-allow-origin"));
        Assert.Equal(200, bad.Status);
    }

    [Fact]
    [Trait("Spec", "SEC-HS-04")]
    public async Task Any_origin_never_goes_with_credentials()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() =>
            TestEngine.StartAsync(options => options.Cors = new EngineCorsOptions { Credentials = true }));

        Assert.Contains("Credentials", error.Message, StringComparison.Ordinal);
    }

    private static EngineCorsOptions? Make(string option) => option switch
    {
        "default" => new EngineCorsOptions(),
        "star" => new EngineCorsOptions { Origins = { "*" } },
        "string" => new EngineCorsOptions { Origins = { Good } },
        "reflect" => new EngineCorsOptions { ReflectOrigin = true },
        "list" => new EngineCorsOptions { Origins = { "http://other.example", Good } },
        "pattern" => new EngineCorsOptions { OriginPattern = GoodPattern() },
        "predicate" => new EngineCorsOptions { IsOriginAllowed = origin => origin == Good },
        _ => null,
    };

    [GeneratedRegex("good\\.example$")]
    private static partial Regex GoodPattern();
}
