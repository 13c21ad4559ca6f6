using Microsoft.AspNetCore.Http;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Requests;

/// <summary>The hooks that write headers last.</summary>
public sealed class HeaderHookTests
{
    [Fact]
    [Trait("Spec", "EIO-HDR-01")]
    [Trait("Spec", "SRV-ENG-05")]
    [Trait("Behaviour", "engine.io/test/server.js:3589")]
    [Trait("Behaviour", "engine.io/test/server.js:3653")]
    [Trait("Behaviour", "engine.io/test/server.js:3669")]
    public async Task First_answer_has_both_and_later_ones_have_one()
    {
        var initial = 0;
        await using var server = await StartAsync(engine => engine.InitialHeaders += (_, _) => Interlocked.Increment(ref initial));
        await using var polling = await PollingClient.OpenAsync(server.Address);

        AssertHooks(polling.OpenResponse, isFirst: true);
        AssertHooks(await polling.PostAsync("4a"), isFirst: false);
        server.Sessions.Single().Post(EngineFrame.Message("b"));
        AssertHooks(await polling.GetAsync(), isFirst: false);
        await using var upgrade = await RawWebSocket.ConnectAsync(server.Address, polling.UpgradeTarget);
        AssertHooks(upgrade.Upgrade, isFirst: false);
        Assert.Equal(1, initial);
    }

    [Fact]
    [Trait("Spec", "EIO-HDR-01")]
    [Trait("Spec", "SRV-ENG-02")]
    [Trait("Spec", "EIO-WS-16")]
    [Trait("Behaviour", "engine.io/test/server.js:3626")]
    public async Task WebSocket_handshake_has_both()
    {
        await using var server = await StartAsync();
        await using var client = await SocketClient.OpenAsync(server.Address);

        AssertHooks(client.WebSocket.Upgrade, isFirst: true);
    }

    [Fact]
    [Trait("Spec", "EIO-HDR-01")]
    [Trait("Spec", "SRV-ENG-03")]
    [Trait("Behaviour", "engine.io/test/server.js:3551")]
    public async Task Hooks_come_after_the_built_in_headers_and_the_cookie_and_in_order()
    {
        var seen = new List<string>();
        await using var server = await RequestServer.StartAsync(
            options => options.Cookie = new EngineCookieOptions(),
            engine =>
            {
                engine.Headers += (headers, request) =>
                {
                    seen.Add($"each {headers.SetCookie.Count} {request.Sid ?? "-"}");
                    headers.CacheControl = "private";
                    headers["x-order"] = "each";
                };
                engine.InitialHeaders += (headers, request) =>
                {
                    seen.Add($"initial {headers.SetCookie.Count} {headers.CacheControl} {request.Transport}");
                    headers.Append("Set-Cookie", (string[])["a=1", "b=2"]);
                    headers["x-order"] = "initial";
                };
            });

        var response = await server.GetAsync(RequestServer.Polling);

        Assert.Equal(["initial 1 no-store polling", "each 3 -"], seen);
        Assert.Equal("private", response.Header("Cache-Control"));
        Assert.Equal("each", response.Header("x-order"));
        Assert.Equal(3, response.HeaderValues("Set-Cookie").Length);
        Assert.Equal(["a=1", "b=2"], response.HeaderValues("Set-Cookie")[1..]);
    }

    [Fact]
    [Trait("Spec", "SRV-ENG-04")]
    public async Task Refused_requests_do_not_run_them()
    {
        var calls = 0;
        await using var server = await RequestServer.StartAsync(
            options => options.MaxHttpBufferSize = 10,
            engine => engine.Headers += (_, _) => Interlocked.Increment(ref calls));
        await using var polling = await PollingClient.OpenAsync(server.Address);
        Assert.Equal(1, calls);

        Assert.Equal(413, (await polling.PostAsync(new string('4', 11))).Status);
        Assert.Equal(500, (await server.RequestAsync("PUT", polling.Target)).Status);
        Assert.Equal(400, (await server.GetAsync("/engine.io/?EIO=4&transport=udp")).Status);
        Assert.Equal(400, (await RawWebSocket.RefusedAsync(server.Address, RequestServer.WebSocket + "&sid=x")).Status);
        Assert.Equal(1, calls);
    }

    [Fact]
    [Trait("Spec", "SRV-ENG-03")]
    public async Task Server_that_closes_while_a_WebSocket_is_accepted_ends_its_session()
    {
        await using var server = await RequestServer.StartAsync(setUp: engine => engine.Headers += (_, _) => _ = engine.CloseAsync().AsTask());

        await using var webSocket = await RawWebSocket.ConnectAsync(server.Address, RequestServer.WebSocket);

        Assert.True((await webSocket.ReceiveEndAsync()).IsEnd);
        await Deadline.UntilAsync(() => server.Engine.ClientsCount == 0, "the session to be gone");
        Assert.Empty(server.Log.Errors);
    }

    private static Task<RequestServer> StartAsync(Action<EngineServer>? setUp = null) => RequestServer.StartAsync(setUp: engine =>
    {
        engine.InitialHeaders += (headers, _) => headers["x-init"] = "1";
        engine.Headers += (headers, _) => headers["x-each"] = "2";
        setUp?.Invoke(engine);
    });

    private static void AssertHooks(RawResponse response, bool isFirst)
    {
        Assert.Equal(isFirst ? "1" : null, response.Header("x-init"));
        Assert.Equal("2", response.Header("x-each"));
    }
}
