using EngineIO.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Requests;

/// <summary>Each refusal raises <c>connection_error</c> once, with its context.</summary>
public sealed class ConnectionErrorTests
{
    [Theory]
    [Trait("Spec", "EIO-ERR-18")]
    [InlineData("GET", "", "0 Transport unknown transport=")] // EIO-ERR-02
    [InlineData("GET", "?transport=udp", "0 Transport unknown transport=udp")]
    [InlineData("GET", "?EIO=4&transport=polling&sid=1234", "1 Session ID unknown sid=1234")] // EIO-ERR-03
    [InlineData("PUT", "?transport=polling", "2 Bad handshake method method=PUT")] // EIO-ERR-04
    [InlineData("OPTIONS", "?EIO=4&transport=polling", "2 Bad handshake method method=OPTIONS")]
    [InlineData("GET", "?EIO=4&transport=websocket", "3 Bad request name=TRANSPORT_HANDSHAKE_ERROR")] // EIO-ERR-05
    [InlineData("GET", "?transport=polling&EIO=3", "5 Unsupported protocol version protocol=3")] // EIO-ERR-12
    public async Task Refused_request_is_told_once_with_its_context(string method, string query, string expected)
    {
        await using var host = await TestEngine.StartAsync();

        await RawHttp.RequestAsync(host.Address, method, "/engine.io/" + query, method == "GET" ? null : "");

        Assert.Equal(expected, Assert.Single(host.Errors));
        Assert.False(host.HasSession);
        Assert.Equal(0, host.Engine.ClientsCount);
    }

    [Theory]
    [Trait("Spec", "EIO-ERR-15")]
    [Trait("Spec", "EIO-ERR-18")]
    [InlineData("?EIO=4&transport=udp", "0 Transport unknown transport=udp")]
    [InlineData("?EIO=4&transport=websocket&sid=1234", "1 Session ID unknown sid=1234")]
    [InlineData("?EIO=4&transport=websocket&deny", "4 Forbidden message=")]
    [InlineData("?EIO=3&transport=websocket", "5 Unsupported protocol version protocol=3")]
    public async Task Refused_upgrade_is_told_once_with_its_context(string query, string expected)
    {
        await using var host = await TestEngine.StartAsync(options => options.AllowRequest = DenyOnQuery);

        var response = await RawWebSocket.RefusedAsync(host.Address, "/engine.io/" + query);

        Assert.Equal(400, response.Status);
        Assert.Equal(expected, Assert.Single(host.Errors));
        Assert.Equal(0, host.Engine.ClientsCount);
    }

    [Fact]
    [Trait("Spec", "EIO-ERR-06")]
    [Trait("Spec", "EIO-ERR-08")]
    [Trait("Spec", "EIO-HS-10")]
    public async Task Mismatches_tell_what_was_and_what_is()
    {
        await using var host = await TestEngine.StartAsync(options => options.AllowEIO3 = true);
        var (client, _) = await host.OpenPollingAsync();
        await using var _1 = client;

        await RawHttp.GetAsync(host.Address, client.UpgradeTarget);
        await RawHttp.GetAsync(host.Address, client.Target.Replace("EIO=4", "EIO=3", StringComparison.Ordinal));

        Assert.Equal(
            [
                "3 Bad request name=TRANSPORT_MISMATCH previousTransport=polling transport=websocket",
                "3 Bad request name=PROTOCOL_MISMATCH previousProtocol=4 protocol=3",
            ],
            host.Errors);
    }

    [Fact]
    [Trait("Spec", "EIO-ERR-07")]
    public async Task Origin_with_characters_that_no_header_has_is_told()
    {
        // Kestrel lets no such header pass; another server may.
        var engine = new EngineServer(new EngineOptions(), NullLoggerFactory.Instance, TimeProvider.System);
        await using var _ = engine;
        var errors = new List<ConnectionError>();
        engine.ConnectionError += errors.Add;
        var context = new DefaultHttpContext();
        context.Request.Method = "GET";
        context.Request.QueryString = new QueryString("?EIO=4&transport=polling");
        context.Request.Headers.Origin = "http://a\u0001b";
        context.Response.Body = new MemoryStream();

        await engine.HandleAsync(context);

        Assert.Equal(400, context.Response.StatusCode);
        var error = Assert.Single(errors);
        Assert.Equal("INVALID_ORIGIN", error.Context["name"]);
        Assert.Equal("http://a\u0001b", error.Context["origin"]);
    }

    [Theory]
    [Trait("Spec", "EIO-ERR-09")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Failing_middleware_is_a_bad_request(bool asynchronous)
    {
        await using var host = await TestEngine.StartAsync(setUp: engine => engine.Use(async (_, _) =>
        {
            if (asynchronous)
                await Task.Yield();
            throw new InvalidOperationException("oops");
        }));

        Assert.Equal("""{"code":3,"message":"Bad request"}""", (await host.GetAsync("?EIO=4&transport=polling")).Text);
        Assert.Equal("Bad request", (await RawWebSocket.RefusedAsync(host.Address, "/engine.io/?EIO=4&transport=websocket")).Text);

        Assert.Equal(["3 Bad request name=MIDDLEWARE_FAILURE", "3 Bad request name=MIDDLEWARE_FAILURE"], host.Errors);
    }

    [Fact]
    [Trait("Spec", "EIO-ERR-09")]
    [Trait("Spec", "EIO-CORS-03")]
    public async Task Failing_origin_callback_is_a_bad_request()
    {
        await using var host = await TestEngine.StartAsync(options =>
            options.Cors = new EngineCorsOptions { IsOriginAllowed = _ => throw new InvalidOperationException("oops") });

        Assert.Equal(400, (await host.GetAsync("?EIO=4&transport=polling", ("Origin", "http://a"))).Status);

        Assert.Equal("3 Bad request name=MIDDLEWARE_FAILURE", Assert.Single(host.Errors));
    }

    [Theory]
    [Trait("Spec", "EIO-ERR-10")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Failing_id_generator_is_a_bad_request(bool asynchronous)
    {
        await using var host = await TestEngine.StartAsync(options => options.GenerateId = async _ =>
        {
            if (asynchronous)
                await Task.Yield();
            throw new InvalidOperationException("no id");
        });

        Assert.Equal("""{"code":3,"message":"Bad request"}""", (await host.GetAsync("?EIO=4&transport=polling")).Text);
        Assert.Equal("Bad request", (await RawWebSocket.RefusedAsync(host.Address, "/engine.io/?EIO=4&transport=websocket")).Text);

        Assert.Equal(["3 Bad request error=no id name=ID_GENERATION_ERROR", "3 Bad request error=no id name=ID_GENERATION_ERROR"], host.Errors);
    }

    [Fact]
    [Trait("Spec", "EIO-HS-07")]
    public async Task Id_in_use_is_refused_and_harms_nobody()
    {
        await using var host = await TestEngine.StartAsync(options => options.GenerateId = _ => ValueTask.FromResult("same"), echo: true);
        var (client, _) = await host.OpenPollingAsync();
        await using var _1 = client;

        Assert.Equal(400, (await host.GetAsync("?EIO=4&transport=polling")).Status);

        await client.SendAsync("4alive");
        Assert.Equal("4alive", await client.ReceiveAsync());
        Assert.Equal(1, host.Engine.ClientsCount);
    }

    [Fact]
    [Trait("Spec", "EIO-ERR-11")]
    [Trait("Spec", "EIO-ERR-13")]
    [Trait("Spec", "EIO-HTTP-09")]
    public async Task Denied_request_gets_the_text_of_the_application()
    {
        await using var host = await TestEngine.StartAsync(options => options.AllowRequest = async context =>
        {
            await Task.Yield();
            return AllowRequestResult.Deny(context.Request.Query["text"]);
        });

        var silent = await host.GetAsync("?EIO=4&transport=polling");
        var text = await host.GetAsync("?EIO=4&transport=polling&text=nope%20%C3%A9%20%22q%22");
        var upgrade = await RawWebSocket.RefusedAsync(host.Address, "/engine.io/?EIO=4&transport=websocket&text=nope%20%C3%A9");

        Assert.Equal((403, """{"code":4,"message":"Forbidden"}"""), (silent.Status, silent.Text));
        Assert.Equal((403, """{"code":4,"message":"nope é \"q\""}"""), (text.Status, text.Text));
        Assert.Equal("application/json", text.ContentType);
        Assert.Equal((400, "nope é"), (upgrade.Status, upgrade.Text));
        Assert.Equal("7", upgrade.Header("content-length"));
        Assert.Equal(["4 Forbidden message=", "4 Forbidden message=nope é \"q\"", "4 Forbidden message=nope é"], host.Errors);
    }

    [Fact]
    [Trait("Spec", "EIO-ERR-11")]
    public async Task Request_is_asked_about_after_the_method_and_before_the_revision_and_only_for_handshakes()
    {
        int asked = 0;
        await using var host = await TestEngine.StartAsync(
            options => options.AllowRequest = _ =>
            {
                Interlocked.Increment(ref asked);
                return ValueTask.FromResult(AllowRequestResult.Allow);
            },
            echo: true);
        var (client, _) = await host.OpenPollingAsync();
        await using var _1 = client;
        Assert.Equal(1, asked);

        await RawHttp.RequestAsync(host.Address, "PUT", "/engine.io/?EIO=4&transport=polling", "");
        await host.GetAsync("?EIO=4&transport=websocket");
        await client.SendAsync("4a");
        await client.ReceiveAsync();
        Assert.Equal(1, asked);

        Assert.StartsWith("{\"code\":5", (await host.GetAsync("?EIO=3&transport=polling")).Text, StringComparison.Ordinal);
        Assert.Equal(2, asked);
    }

    [Fact]
    [Trait("Spec", "EIO-ERR-17")]
    [Trait("Spec", "EIO-ERR-18")]
    public async Task Faults_of_a_transport_are_no_connection_errors()
    {
        await using var host = await TestEngine.StartAsync(options => options.MaxHttpBufferSize = 10);
        var (client, _) = await host.OpenPollingAsync();
        await using var _1 = client;

        Assert.Equal(500, (await RawHttp.RequestAsync(host.Address, "PUT", client.Target, "")).Status);
        Assert.Equal(413, (await client.PostAsync("4" + new string('x', 20))).Status);
        Assert.Equal(400, (await client.PostAsync("4", ("Content-Type", "application/octet-stream"))).Status);

        Assert.Empty(host.Errors);
    }

    [Fact]
    [Trait("Spec", "SEC-HS-08")]
    public async Task Sessions_can_be_limited()
    {
        await using var host = await TestEngine.StartAsync(options => options.MaxSessions = 1);
        var (client, probe) = await host.OpenPollingAsync();
        await using var _1 = client;

        Assert.Equal(403, (await host.GetAsync("?EIO=4&transport=polling")).Status);

        probe.Session.Close(discard: true);
        Assert.Equal(200, (await host.GetAsync("?EIO=4&transport=polling")).Status);
    }

    [Fact]
    [Trait("Spec", "SEC-APP-01")]
    public async Task Throwing_handlers_do_not_change_the_answer()
    {
        var host = await TestEngine.StartAsync(setUp: engine =>
        {
            engine.ConnectionError += _ => throw new InvalidOperationException("oops");
            engine.OnConnection(_ => throw new InvalidOperationException("oops"));
        });

        Assert.Equal(400, (await host.GetAsync("")).Status);
        var (client, probe) = await host.OpenPollingAsync();
        await using var _1 = client;
        await client.SendAsync("4a");
        Assert.Equal("a", await probe.NextMessageAsync());

        // Both are logged.
        await host.Server.DisposeAsync();
        Assert.Equal(2, host.Server.Log.Errors.Count(entry => entry.Exception is InvalidOperationException));
    }

    private static ValueTask<AllowRequestResult> DenyOnQuery(HttpContext context) =>
        ValueTask.FromResult(context.Request.Query.ContainsKey("deny") ? AllowRequestResult.Deny() : AllowRequestResult.Allow);
}
