using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Requests;

/// <summary>Which requests are the engine's.</summary>
public sealed class CapturedPathTests
{
    private const string Query = "?EIO=4&transport=polling";

    [Theory]
    [InlineData("/engine.io", "/engine.io/", true)]
    [InlineData("/engine.io", "/engine.io/foo/bar", true)]
    [InlineData("/engine.io", "/engine.io/foo/", true)]
    [InlineData("/engine.io", "/engine.io//", true)]
    [InlineData("/engine.io", "/engine.io", false)]
    [InlineData("/engine.io", "/engine.iofoo", false)]
    [InlineData("/engine.io", "/Engine.io/", false)]
    [InlineData("/engine.io", "/socket.io/", false)]
    [InlineData("/engine.io", "/", false)]
    [InlineData("/x", "/x/", true)]
    [InlineData("/x/", "/x/", true)]
    [InlineData("/x/", "/x", false)]
    [InlineData("/a/b c", "/a/b%20c/", true)]
    [InlineData("/", "/", true)]
    [InlineData("/", "/any", true)]
    [Trait("Spec", "EIO-URL-01")]
    [Trait("Spec", "EIO-URL-02")]
    [Trait("Spec", "EIO-URL-03")]
    [Trait("Spec", "EIO-URL-04")]
    public async Task With_the_slash(string path, string target, bool isCaptured)
    {
        await using var server = await RequestServer.StartAsync(options => options.Path = path);

        await AssertCapturedAsync(server, target, isCaptured);
    }

    [Theory]
    [InlineData("/engine.io", "/engine.io", true)]
    [InlineData("/engine.io", "/engine.io/", true)]
    [InlineData("/engine.io/", "/engine.io", true)]
    [InlineData("/engine.io", "/engine.io/foo", true)]
    [InlineData("/engine.io", "/engine.iofoo", false)]
    [InlineData("/engine.io", "/ENGINE.IO", false)]
    [InlineData("/engine.io", "/", false)]
    [Trait("Spec", "EIO-URL-05")]
    [Trait("Spec", "SRV-EOPT-14")]
    [Trait("Behaviour", "engine.io/test/server.js:827")]
    public async Task Without_the_slash(string path, string target, bool isCaptured)
    {
        await using var server = await RequestServer.StartAsync(options => (options.Path, options.AddTrailingSlash) = (path, false));

        await AssertCapturedAsync(server, target, isCaptured);
    }

    [Fact]
    [Trait("Spec", "EIO-URL-04")]
    [Trait("Spec", "SRV-ATT-04")]
    public async Task Other_paths_fall_through_to_the_application()
    {
        await using var server = await RequestServer.StartAsync(pipeline: app =>
        {
            app.MapGet("/engine.io", () => "mine").WithOrder(1);
            app.MapGet("/other", () => "other");
        });

        Assert.Equal("mine", (await server.GetAsync("/engine.io" + Query)).Text);
        Assert.Equal("other", (await server.GetAsync("/other" + Query)).Text);
        Assert.Equal(200, (await server.GetAsync(RequestServer.Polling)).Status);
        Assert.Empty(server.Errors);
    }

    [Fact]
    [Trait("Spec", "SRV-ATT-04")]
    public async Task Several_servers_live_side_by_side()
    {
        EngineServer other = null!;
        await using var server = await RequestServer.StartAsync(pipeline: app =>
        {
            other = new EngineServer(
                new EngineOptions { Path = "/other", MaxHttpBufferSize = 7 }, app.Services.GetRequiredService<ILoggerFactory>(), TimeProvider.System);
            other.MapTo(app);
        });
        await using var first = await PollingClient.OpenAsync(server.Address);
        await using var second = await PollingClient.OpenAsync(server.Address, "/other/");

        Assert.Equal(7, second.Handshake.GetProperty("maxPayload").GetInt32());
        Assert.Equal((1, 1), (server.Engine.ClientsCount, other.ClientsCount));
        Assert.Equal(
            """{"code":1,"message":"Session ID unknown"}""", (await server.GetAsync($"/other/{Query}&sid={first.Sid}")).Text);
        Assert.Equal(
            """{"code":1,"message":"Session ID unknown"}""", (await server.GetAsync($"{RequestServer.Polling}&sid={second.Sid}")).Text);
        await other.CloseAsync();
        Assert.Equal("ok", (await first.PostAsync("4a")).Text);
        Assert.Equal(503, (await server.GetAsync("/other/" + Query)).Status);
        await other.DisposeAsync();
    }

    private static async Task AssertCapturedAsync(RequestServer server, string target, bool isCaptured)
    {
        var response = await server.GetAsync(target + Query);
        Assert.Equal(isCaptured ? 200 : 404, response.Status);
        if (isCaptured)
        {
            Assert.StartsWith("0{", response.Text, StringComparison.Ordinal);
            await using var webSocket = await RawWebSocket.ConnectAsync(server.Address, target + "?EIO=4&transport=websocket");
            return;
        }

        // EIO-URL-06: the engine leaves the upgrade to the pipeline.
        await using var http = await RawHttp.ConnectAsync(server.Address);
        await http.SendAsync("GET", target + "?EIO=4&transport=websocket", (byte[]?)null, RawWebSocket.UpgradeHeaders());
        Assert.Equal(404, (await http.ReadAsync()).Status);
        Assert.Equal(0, server.Engine.ClientsCount);
        Assert.Empty(server.Errors);
    }
}
