using EngineIO.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Http;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Requests;

public sealed class HeaderTests
{
    [Fact]
    [Trait("Spec", "EIO-COOK-01")]
    [Trait("Spec", "EIO-COOK-03")]
    [Trait("Spec", "EIO-COOK-04")]
    public async Task Cookie_comes_with_the_first_polling_answer_alone()
    {
        await using var host = await TestEngine.StartAsync(options => options.Cookie = new EngineCookieOptions(), echo: true);
        var (client, _) = await host.OpenPollingAsync();
        await using var _1 = client;
        var (webSocket, _) = await host.OpenWebSocketAsync();
        await using var _2 = webSocket;

        Assert.Equal($"io={client.Sid}; Path=/; HttpOnly; SameSite=Lax", client.OpenResponse.Header("set-cookie"));
        Assert.Null((await client.PostAsync("4a")).Header("set-cookie"));
        Assert.Null((await client.GetAsync()).Header("set-cookie"));
        Assert.Null(webSocket.WebSocket.Upgrade.Header("set-cookie"));
        await using var socket = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);
        Assert.Null(socket.Upgrade.Header("set-cookie"));
    }

    [Fact]
    [Trait("Spec", "EIO-COOK-02")]
    public async Task Cookie_has_its_attributes_in_the_order_of_the_reference()
    {
        await using var host = await TestEngine.StartAsync(options =>
        {
            options.GenerateId = _ => ValueTask.FromResult("S é");
            options.Cookie = new EngineCookieOptions
            {
                MaxAge = TimeSpan.FromSeconds(86400.9),
                Domain = "ex.com",
                Expires = DateTimeOffset.UnixEpoch,
                Secure = true,
                Partitioned = true,
                Priority = "High",
                SameSite = SameSiteMode.None,
            };
        });

        Assert.Equal(
            "io=S%20%C3%A9; Max-Age=86400; Domain=ex.com; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; Partitioned; "
            + "Priority=High; SameSite=None",
            (await host.GetAsync("?EIO=4&transport=polling")).Header("set-cookie"));
    }

    [Fact]
    [Trait("Spec", "EIO-COOK-02")]
    public async Task Cookie_leaves_out_what_is_not_set()
    {
        await using var host = await TestEngine.StartAsync(options => options.Cookie = new EngineCookieOptions
        {
            Name = "lb",
            Path = null,
            HttpOnly = false,
            SameSite = SameSiteMode.Unspecified,
            Encode = _ => "custom",
        });

        Assert.Equal("lb=custom", (await host.GetAsync("?EIO=4&transport=polling")).Header("set-cookie"));
    }

    [Fact]
    [Trait("Spec", "EIO-HDR-01")]
    [Trait("Spec", "EIO-WS-16")]
    public async Task Hooks_write_to_the_first_and_to_every_answer()
    {
        await using var host = await TestEngine.StartAsync(
            options => options.Cookie = new EngineCookieOptions(),
            engine =>
            {
                engine.InitialHeaders += (headers, request) =>
                {
                    Assert.True(request.IsHandshake);
                    Assert.NotEqual(0, headers.CacheControl.Count + (request.IsUpgrade ? 1 : 0));
                    headers["x-init"] = "1";
                    headers.Append("Set-Cookie", "a=1");
                    headers.Append("Set-Cookie", "b=2");
                };
                engine.Headers += (headers, _) => headers["x-each"] = headers.ContainsKey("x-init") ? "after init" : "1";
            },
            echo: true);
        var (client, _) = await host.OpenPollingAsync();
        await using var _1 = client;
        var (webSocket, _) = await host.OpenWebSocketAsync();
        await using var _2 = webSocket;
        await using var upgrade = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);

        Assert.Equal(3, client.OpenResponse.HeaderValues("set-cookie").Length);
        Assert.Equal(["a=1", "b=2"], client.OpenResponse.HeaderValues("set-cookie")[1..]);
        Assert.Equal(("1", "after init"), HooksOf(client.OpenResponse));
        Assert.Equal(("1", "after init"), HooksOf(webSocket.WebSocket.Upgrade));
        Assert.Equal((null, "1"), HooksOf(upgrade.Upgrade));
        Assert.Equal((null, "1"), HooksOf(await client.PostAsync("4a")));
        Assert.Equal((null, "1"), HooksOf(await client.GetAsync()));
        Assert.Equal((null, null), HooksOf(await host.GetAsync("?transport=udp")));
    }

    [Fact]
    [Trait("Spec", "EIO-HDR-01")]
    public async Task Hooks_may_overwrite_what_is_built_in()
    {
        await using var host = await TestEngine.StartAsync(setUp: engine => engine.Headers += (headers, _) => headers.CacheControl = "private");

        Assert.Equal("private", (await host.GetAsync("?EIO=4&transport=polling")).Header("cache-control"));
    }

    [Fact]
    [Trait("Spec", "EIO-HTTP-16")]
    [Trait("Spec", "EIO-WS-16")]
    public async Task Middlewares_run_in_order_for_every_request_and_may_answer()
    {
        await using var host = await TestEngine.StartAsync(setUp: engine =>
        {
            engine.Use(async (request, next) =>
            {
                request.HttpContext.Response.Headers["x-order"] = "1";
                await next();
            });
            engine.Use(async (request, next) =>
            {
                request.HttpContext.Response.Headers["x-order"] += "2";
                if (!request.Query.ContainsKey("teapot"))
                {
                    await next();
                    return;
                }

                request.HttpContext.Response.StatusCode = 418;
                request.HttpContext.Response.ContentType = "text/x-tea";
                await request.HttpContext.Response.WriteAsync("short and stout");
            });
        });
        var (client, _) = await host.OpenPollingAsync();
        await using var _1 = client;
        var (webSocket, _) = await host.OpenWebSocketAsync();
        await using var _2 = webSocket;

        Assert.Equal("12", client.OpenResponse.Header("x-order"));
        Assert.Equal("12", webSocket.WebSocket.Upgrade.Header("x-order"));
        Assert.Equal("12", (await client.PostAsync("4a")).Header("x-order"));
        Assert.Equal("12", (await host.GetAsync("")).Header("x-order"));
        var own = await host.GetAsync("?EIO=4&transport=polling&teapot");
        Assert.Equal((418, "text/x-tea", "short and stout"), (own.Status, own.ContentType, own.Text));
        Assert.Equal(418, (await RawWebSocket.RefusedAsync(host.Address, "/engine.io/?EIO=4&transport=websocket&teapot", ("Connection", "close"))).Status);
        Assert.Equal(2, host.Engine.ClientsCount);
    }

    private static (string? Initial, string? Each) HooksOf(RawResponse response) => (response.Header("x-init"), response.Header("x-each"));
}
