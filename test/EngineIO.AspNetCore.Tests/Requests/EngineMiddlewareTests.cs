using Microsoft.AspNetCore.Http;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Requests;

/// <summary>Middlewares of the engine (<c>engine.use</c>).</summary>
[Trait("Spec", "SRV-MW-10")]
public sealed class EngineMiddlewareTests
{
    [Fact]
    [Trait("Spec", "EIO-WS-16")]
    [Trait("Spec", "SRV-MW-11")]
    [Trait("Behaviour", "engine.io/test/middlewares.js:10")]
    [Trait("Behaviour", "engine.io/test/middlewares.js:33")]
    [Trait("Behaviour", "engine.io/test/middlewares.js:59")]
    public async Task They_run_in_order_for_every_request()
    {
        var calls = new List<string>();
        await using var server = await RequestServer.StartAsync(setUp: engine =>
        {
            engine.Use(async (request, next) =>
            {
                request.HttpContext.Response.Headers["x-mw"] = "yes";
                calls.Add($"a {request.Transport} {request.IsUpgrade} {request.IsHandshake}");
                await Task.Yield();
                await next();
                calls.Add("a after");
            });
            engine.Use((_, next) =>
            {
                calls.Add("b");
                return next();
            });
        });

        await using var polling = await PollingClient.OpenAsync(server.Address);
        Assert.Equal("yes", polling.OpenResponse.Header("x-mw"));
        Assert.Equal("yes", (await polling.PostAsync("4a")).Header("x-mw"));
        await using var webSocket = await RawWebSocket.ConnectAsync(server.Address, polling.UpgradeTarget);
        Assert.Equal("yes", webSocket.Upgrade.Header("x-mw"));
        Assert.Equal("yes", (await server.GetAsync("/engine.io/?transport=udp")).Header("x-mw"));

        string[] expected =
        [
            "a polling False True", "b", "a after", "a polling False False", "b", "a after",
            "a websocket True False", "b", "a after", "a udp False True", "b", "a after",
        ];
        Assert.Equal(expected, calls);
    }

    [Theory]
    [InlineData(RequestServer.Polling)]
    [InlineData(RequestServer.WebSocket)]
    [Trait("Spec", "EIO-HTTP-16")]
    [Trait("Behaviour", "engine.io/test/middlewares.js:93")]
    [Trait("Behaviour", "engine.io/test/middlewares.js:122")]
    public async Task One_can_answer_the_request_itself(string target)
    {
        var reached = false;
        await using var server = await RequestServer.StartAsync(setUp: engine =>
        {
            engine.Use(async (request, _) =>
            {
                request.HttpContext.Response.StatusCode = 503;
                await request.HttpContext.Response.WriteAsync("later");
            });
            engine.Use((_, next) =>
            {
                reached = true;
                return next();
            });
        });
        await using var http = await RawHttp.ConnectAsync(server.Address);

        await http.SendAsync("GET", target, (byte[]?)null, target == RequestServer.WebSocket ? RawWebSocket.UpgradeHeaders() : []);
        var response = await http.ReadAsync();

        Assert.Equal((503, "later"), (response.Status, response.Text));
        Assert.False(reached);
        Assert.Empty(server.Errors);
        Assert.Equal(0, server.Engine.ClientsCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Spec", "EIO-ERR-09")]
    [Trait("Behaviour", "engine.io/test/middlewares.js:252")]
    [Trait("Behaviour", "engine.io/test/middlewares.js:nested")]
    public async Task One_that_throws_refuses_the_request_with_code_3(bool isAsync)
    {
        await using var server = await RequestServer.StartAsync(setUp: engine => engine.Use((_, _) =>
            isAsync ? ValueTask.FromException(new InvalidOperationException("secret")) : throw new InvalidOperationException("secret")));

        var response = await server.GetAsync(RequestServer.Polling);
        Assert.Equal((400, """{"code":3,"message":"Bad request"}"""), (response.Status, response.Text));
        Assert.Equal("application/json", response.ContentType);
        var error = Assert.Single(server.Errors);
        Assert.Equal((EngineErrorCode.BadRequest, "Bad request"), (error.Code, error.Message));
        Assert.Equal("MIDDLEWARE_FAILURE", Assert.Single(error.Context).Value);

        var upgrade = await RawWebSocket.RefusedAsync(server.Address, RequestServer.WebSocket);
        Assert.Equal((400, "Bad request"), (upgrade.Status, upgrade.Text));
        Assert.Equal(2, server.Errors.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Spec", "SRV-SEC-01")]
    public async Task Client_that_leaves_meanwhile_is_no_failure(bool isAllowRequest)
    {
        var (entered, left) = (new TaskCompletionSource(), new TaskCompletionSource());
        async Task WaitAsync(HttpContext context)
        {
            entered.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }
            finally
            {
                left.SetResult();
            }
        }

        await using var server = await RequestServer.StartAsync(
            options =>
            {
                if (isAllowRequest) options.AllowRequest = async context =>
                {
                    await WaitAsync(context);
                    return AllowRequestResult.Allow;
                };
            },
            engine =>
            {
                if (!isAllowRequest) engine.Use((request, _) => new ValueTask(WaitAsync(request.HttpContext)));
            });
        await using (var http = await RawHttp.ConnectAsync(server.Address))
        {
            await http.SendHeadAsync("GET", RequestServer.Polling);
            await entered.Task.WithDeadline("the request to arrive");
            http.Wire.Reset();
        }

        await left.Task.WithDeadline("the request to be aborted");
        await server.StopAsync();
        Assert.Empty(server.Errors);
        Assert.Empty(server.Log.Errors);
    }

    [Fact]
    public async Task Second_call_of_next_is_ignored()
    {
        var calls = 0;
        await using var server = await RequestServer.StartAsync(setUp: engine =>
        {
            engine.Use(async (_, next) =>
            {
                await next();
                await next();
            });
            engine.Use((_, next) =>
            {
                calls++;
                return next();
            });
        });

        Assert.Equal(200, (await server.GetAsync(RequestServer.Polling)).Status);
        Assert.Equal(1, calls);
        Assert.Single(server.Sessions);
    }

    [Fact]
    public async Task They_run_before_the_verification_and_after_CORS()
    {
        string? origin = null;
        await using var server = await RequestServer.StartAsync(
            options => options.Cors = new EngineCorsOptions(),
            engine => engine.Use((request, _) =>
            {
                origin = request.HttpContext.Response.Headers.AccessControlAllowOrigin;
                return ValueTask.FromException(new InvalidOperationException());
            }));

        Assert.Equal("""{"code":3,"message":"Bad request"}""", (await server.GetAsync("/engine.io/?transport=udp")).Text);
        Assert.Equal("*", origin);
        Assert.Equal(204, (await server.RequestAsync("OPTIONS", RequestServer.Polling)).Status);
    }

    [Fact]
    [Trait("Spec", "EIO-POLL-14")]
    [Trait("Behaviour", "engine.io/test/middlewares.js:296")]
    public async Task Limit_of_a_body_holds_behind_a_middleware()
    {
        await using var server = await RequestServer.StartAsync(
            options => options.MaxHttpBufferSize = 5, engine => engine.Use(async (_, next) =>
            {
                await Task.Yield();
                await next();
            }));
        await using var polling = await PollingClient.OpenAsync(server.Address);

        Assert.Equal(413, (await polling.PostAsync("4abcdef")).Status);
        Assert.Equal("ok", (await polling.PostAsync("4abcd")).Text);
    }
}
