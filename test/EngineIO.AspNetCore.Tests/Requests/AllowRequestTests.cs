using TestKit;

namespace EngineIO.AspNetCore.Tests.Requests;

/// <summary>Who is let in: <c>allowRequest</c> and the cap on sessions.</summary>
public sealed class AllowRequestTests
{
    [Theory]
    [InlineData(null, "Forbidden")]
    [InlineData("", "Forbidden")]
    [InlineData("nope é", "nope é")]
    [InlineData("a \"b\" \\ <c>", "a \"b\" \\ <c>")]
    [Trait("Spec", "SRV-EOPT-07")]
    [Trait("Spec", "EIO-ERR-11")]
    [Trait("Spec", "EIO-ERR-13")]
    [Trait("Spec", "EIO-ERR-15")]
    [Trait("Behaviour", "engine.io/test/server.js:123")]
    [Trait("Behaviour", "engine.io/test/server.js:156")]
    [Trait("Spec", "PRO-TRB-06")]
    [Trait("Behaviour", "socket.io/test/handshake.ts:74")]
    public async Task Refusal_tells_its_text(string? message, string told)
    {
        await using var server = await RequestServer.StartAsync(options => options.AllowRequest = _ => new(AllowRequestResult.Deny(message)));

        var response = await server.GetAsync(RequestServer.Polling);
        Assert.Equal(403, response.Status);
        Assert.Equal("application/json", response.ContentType);
        var escaped = told.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        Assert.Equal($$"""{"code":4,"message":"{{escaped}}"}""", response.Text);

        var upgrade = await RawWebSocket.RefusedAsync(server.Address, RequestServer.WebSocket);
        Assert.Equal(400, upgrade.Status);
        Assert.Equal("close", upgrade.Header("Connection"));
        Assert.Equal("text/html", upgrade.ContentType);
        Assert.Equal(told, upgrade.Text);

        Assert.Equal(2, server.Errors.Count);
        Assert.All(server.Errors, error =>
        {
            Assert.Equal((EngineErrorCode.Forbidden, "Forbidden"), (error.Code, error.Message));
            Assert.Equal(message, Assert.Single(error.Context).Value);
        });
        Assert.Empty(server.Sessions);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Spec", "SRV-EOPT-07")]
    public async Task One_that_throws_refuses_without_details(bool isAsync)
    {
        await using var server = await RequestServer.StartAsync(options => options.AllowRequest = async _ =>
        {
            if (isAsync) await Task.Yield();
            throw new InvalidOperationException("secret");
        });

        var response = await server.GetAsync(RequestServer.Polling);
        Assert.Equal((403, """{"code":4,"message":"Forbidden"}"""), (response.Status, response.Text));
        Assert.Equal("Forbidden", (await RawWebSocket.RefusedAsync(server.Address, RequestServer.WebSocket)).Text);
        Assert.Equal(2, server.Errors.Count);
        Assert.Empty(server.Sessions);
    }

    [Fact]
    [Trait("Spec", "SRV-EOPT-07")]
    [Trait("Behaviour", "socket.io/test/handshake.ts:60")]
    public async Task Handshake_waits_for_the_decision()
    {
        var decision = new TaskCompletionSource<AllowRequestResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await RequestServer.StartAsync(options => options.AllowRequest = context =>
        {
            asked.SetResult(context.Request.Headers["x-token"].ToString());
            return new(decision.Task);
        });

        var response = server.GetAsync(RequestServer.Polling, ("x-token", "t"));
        Assert.Equal("t", await asked.Task.WithDeadline("the question"));
        Assert.False(response.IsCompleted);
        Assert.Equal(0, server.Engine.ClientsCount);
        decision.SetResult(AllowRequestResult.Allow);

        Assert.Equal(200, (await response).Status);
    }

    [Fact]
    [Trait("Spec", "SRV-EOPT-07")]
    public async Task It_is_asked_for_handshakes_alone_after_the_method_and_before_the_revision()
    {
        var calls = 0;
        await using var server = await RequestServer.StartAsync(options => options.AllowRequest = _ =>
        {
            calls++;
            return new(AllowRequestResult.Allow);
        });
        await using var polling = await PollingClient.OpenAsync(server.Address);
        Assert.Equal(1, calls);

        Assert.Equal("ok", (await polling.PostAsync("4a")).Text);
        await using var webSocket = await RawWebSocket.ConnectAsync(server.Address, polling.UpgradeTarget);
        await server.GetAsync("/engine.io/?EIO=4&transport=udp");
        await server.RequestAsync("PUT", RequestServer.Polling);
        await server.GetAsync(RequestServer.Polling + "&sid=x");
        Assert.Equal(1, calls);
        Assert.Equal("""{"code":5,"message":"Unsupported protocol version"}""", (await server.GetAsync("/engine.io/?EIO=3&transport=polling")).Text);
        Assert.Equal(2, calls);
    }

    [Fact]
    [Trait("Spec", "SEC-HS-08")]
    public async Task Handshakes_above_the_cap_are_refused_until_a_session_ends()
    {
        await using var server = await RequestServer.StartAsync(options => options.MaxSessions = 2);
        await using var polling = await PollingClient.OpenAsync(server.Address);
        await using var client = await SocketClient.OpenAsync(server.Address);

        var response = await server.GetAsync(RequestServer.Polling);
        Assert.Equal((403, """{"code":4,"message":"Too many sessions"}"""), (response.Status, response.Text));
        Assert.Equal("Too many sessions", (await RawWebSocket.RefusedAsync(server.Address, RequestServer.WebSocket)).Text);
        Assert.Equal(2, server.Errors.Count);
        Assert.Equal(2, server.Engine.ClientsCount);
        // Those who are in stay.
        Assert.Equal("ok", (await polling.PostAsync("4a")).Text);

        Assert.Equal("ok", (await polling.PostAsync("1")).Text);
        await Deadline.UntilAsync(() => server.Engine.ClientsCount == 1, "the session to end");
        Assert.Equal(200, (await server.GetAsync(RequestServer.Polling)).Status);
    }
}
