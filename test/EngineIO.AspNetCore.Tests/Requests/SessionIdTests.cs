using TestKit;

namespace EngineIO.AspNetCore.Tests.Requests;

/// <summary>The id of a session: the built-in one and <c>generateId</c>.</summary>
public sealed class SessionIdTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Spec", "EIO-HS-07")]
    [Trait("Spec", "SRV-EOPT-16")]
    [Trait("Behaviour", "engine.io/test/server.js:437")]
    [Trait("Behaviour", "engine.io/test/server.js:457")]
    public async Task Custom_id_is_the_sid(bool isAsync)
    {
        var number = 0;
        await using var server = await RequestServer.StartAsync(options => options.GenerateId = async context =>
        {
            if (isAsync) await Task.Yield();
            return $"id {Interlocked.Increment(ref number)} {context.Request.Headers["x-name"]}";
        });

        await using var polling = await PollingClient.OpenAsync(server.Address, headers: ("x-name", "é+&"));
        Assert.Equal("id 1 é+&", polling.Sid);
        await using var client = await SocketClient.OpenAsync(server.Address);
        Assert.Equal("id 2 ", client.Sid);
        var post = await RawHttp.RequestAsync(
            server.Address, "POST", $"{RequestServer.Polling}&sid={Uri.EscapeDataString(polling.Sid)}", "4a");
        Assert.Equal("ok", post.Text);
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("rejects")]
    [InlineData("null")]
    [InlineData("empty")]
    [Trait("Spec", "EIO-ERR-10")]
    [Trait("Spec", "EIO-ERR-16")]
    [Trait("Spec", "SRV-EOPT-16")]
    [Trait("Behaviour", "engine.io/test/server.js:472")]
    [Trait("Behaviour", "engine.io/test/server.js:495")]
    public async Task No_id_is_no_session(string fault)
    {
        var error = new InvalidOperationException("secret");
        await using var server = await RequestServer.StartAsync(options => options.GenerateId = _ => fault switch
        {
            "throws" => throw error,
            "rejects" => ValueTask.FromException<string>(error),
            "null" => new((string)null!),
            _ => new(""),
        });

        var response = await server.GetAsync(RequestServer.Polling);
        Assert.Equal((400, """{"code":3,"message":"Bad request"}"""), (response.Status, response.Text));
        var upgrade = await RawWebSocket.RefusedAsync(server.Address, RequestServer.WebSocket);
        Assert.Equal((400, "Bad request"), (upgrade.Status, upgrade.Text));

        Assert.Equal(2, server.Errors.Count);
        Assert.All(server.Errors, seen =>
        {
            Assert.Equal((EngineErrorCode.BadRequest, "Bad request"), (seen.Code, seen.Message));
            Assert.Equal("ID_GENERATION_ERROR", seen.Context["name"]);
            Assert.IsType<InvalidOperationException>(seen.Context["error"]);
            if (fault is "throws" or "rejects") Assert.Same(error, seen.Context["error"]);
        });
        Assert.Equal(0, server.Engine.ClientsCount);
        Assert.Empty(server.Sessions);
    }

    [Fact]
    [Trait("Spec", "EIO-ERR-10")]
    public async Task Id_in_use_is_refused_and_its_owner_stays()
    {
        await using var server = await RequestServer.StartAsync(options => options.GenerateId = _ => new("same"));
        await using var polling = await PollingClient.OpenAsync(server.Address);

        Assert.Equal("""{"code":3,"message":"Bad request"}""", (await server.GetAsync(RequestServer.Polling)).Text);
        Assert.Equal("Bad request", (await RawWebSocket.RefusedAsync(server.Address, RequestServer.WebSocket)).Text);
        Assert.All(server.Errors, seen => Assert.Equal("ID_GENERATION_ERROR", seen.Context["name"]));
        Assert.Equal(1, server.Engine.ClientsCount);
        Assert.Equal("ok", (await polling.PostAsync("4a")).Text);

        Assert.Equal("ok", (await polling.PostAsync("1")).Text);
        await Deadline.UntilAsync(() => server.Engine.ClientsCount == 0, "the session to end");
        Assert.Equal(200, (await server.GetAsync(RequestServer.Polling)).Status);
    }
}
