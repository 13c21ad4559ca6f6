using EngineIO.AspNetCore;
using TestKit;

namespace SocketIO.AspNetCore.Tests.ClientBundle;

/// <summary>The bundle over the wire: the server's path, its options and its CORS. Each answer is that of the official server.</summary>
public sealed class ServedBundleTests
{
    private const string Page = "https://page.example";

    [Theory, Trait("Spec", "SRV-STAT-01")]
    [InlineData("GET", "/socket.io/socket.io.js")]
    [InlineData("GET", "/socket.io/socket.io.min.js?v=1&EIO=4&transport=polling")]
    [InlineData("GET", "/socket.io/socket.io.esm.min.js.map")]
    [InlineData("HEAD", "/socket.io/socket.io.js")]
    [InlineData("POST", "/socket.io/socket.io.js")]
    [InlineData("OPTIONS", "/socket.io/socket.io.js")]
    [Trait("Behaviour", "socket.io/test/server-attachment.ts:48"), Trait("Behaviour", "socket.io/test/server-attachment.ts:49")]
    public async Task AnswersWhateverTheMethodAndTheQuery(string method, string target)
    {
        await using var server = await TestServer.StartAsync();
        var response = await RawHttp.RequestAsync(server.Address, method, target);
        Assert.Equal(200, response.Status);
        Assert.Equal("public, max-age=0", response.Header("Cache-Control"));
        Assert.Equal("\"4.8.4\"", response.Header("ETag"));
        Assert.Equal(method == "HEAD", response.Body.Length == 0);
        Assert.Equal(0, server.Io.Engine.ClientsCount);
    }

    [Fact, Trait("Spec", "SRV-STAT-01"), Trait("Spec", "SRV-OPT-01")]
    [Trait("Behaviour", "socket.io/test/server-attachment.ts:225")]
    public async Task FollowsThePathOfTheServer()
    {
        await using var server = await TestServer.StartAsync(options: options => options.Path = "/live/chat/");
        Assert.Equal(200, (await RawHttp.GetAsync(server.Address, "/live/chat/socket.io.js")).Status);
        Assert.Equal(404, (await RawHttp.GetAsync(server.Address, "/socket.io/socket.io.js")).Status);
    }

    [Fact, Trait("Spec", "SRV-STAT-03")]
    public async Task AnswersNotModifiedWithoutABody()
    {
        await using var server = await TestServer.StartAsync();
        var response = await RawHttp.GetAsync(server.Address, "/socket.io/socket.io.js", ("If-None-Match", "W/\"4.8.4\""));
        Assert.Equal(304, response.Status);
        Assert.Empty(response.Body);
        Assert.Null(response.Header("ETag"));
    }

    [Fact, Trait("Spec", "SRV-STAT-05"), Trait("Spec", "SRV-OPT-08")]
    [Trait("Behaviour", "socket.io/test/server-attachment.ts:88")]
    public async Task BearsTheCorsHeaders()
    {
        await using var server = await TestServer.StartAsync(options: options => options.Cors = new EngineCorsOptions { Origins = { Page } });
        foreach (var version in (string[])["\"other\"", "\"4.8.4\""])
        {
            var response = await RawHttp.GetAsync(server.Address, "/socket.io/socket.io.js", ("Origin", Page), ("If-None-Match", version));
            Assert.Equal(Page, response.Header("Access-Control-Allow-Origin"));
            Assert.Equal("Origin", response.Header("Vary"));
        }

        var preflight = await RawHttp.RequestAsync(
            server.Address, "OPTIONS", "/socket.io/socket.io.js", null, ("Origin", Page), ("Access-Control-Request-Method", "GET"));
        Assert.Equal(204, preflight.Status);
        Assert.Equal("GET,HEAD,PUT,PATCH,POST,DELETE", preflight.Header("Access-Control-Allow-Methods"));
    }

    [Theory, Trait("Spec", "SRV-STAT-06"), Trait("Spec", "SRV-STAT-07"), Trait("Spec", "SRV-OPT-02")]
    [InlineData(true, "/socket.io/foo.js")]
    [InlineData(true, "/socket.io/socket.io.js/")]
    [InlineData(true, "/socket.io/dist/socket.io.js")]
    [InlineData(false, "/socket.io/socket.io.js")]
    [Trait("Behaviour", "socket.io/test/server-attachment.ts:152"), Trait("Behaviour", "socket.io/test/server-attachment.ts:217")]
    public async Task LeavesTheRestToTheEngine(bool serveClient, string target)
    {
        await using var server = await TestServer.StartAsync(options: options => options.ServeClient = serveClient);
        var response = await RawHttp.GetAsync(server.Address, target);
        Assert.Equal(400, response.Status);
        Assert.Equal("{\"code\":0,\"message\":\"Transport unknown\"}", response.Text);
    }
}
