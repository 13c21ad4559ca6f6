using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Hosting;

/// <summary>The engine as an endpoint among others.</summary>
public sealed class EndpointTests
{
    private const string Handshake = "/engine.io/?EIO=4&transport=polling";

    [Fact]
    [Trait("Spec", "SRV-ATT-13")]
    public async Task Authorization_may_be_required()
    {
        EngineServer engine = null!;
        await using var server = await WebServer.StartAsync(
            builder =>
            {
                builder.Services.AddAuthentication("nobody").AddScheme<AuthenticationSchemeOptions, Nobody>("nobody", null);
                builder.Services.AddAuthorization();
                builder.Services.AddEngineIO();
            },
            app => engine = app.MapEngineIO().RequireAuthorization());

        Assert.Equal(401, (await RawHttp.GetAsync(server.BaseAddress, Handshake)).Status);
        await using var webSocket = await RawHttp.ConnectAsync(server.BaseAddress);
        await webSocket.SendAsync("GET", "/engine.io/?EIO=4&transport=websocket", (byte[]?)null, RawWebSocket.UpgradeHeaders());
        Assert.Equal(401, (await webSocket.ReadAsync()).Status);
        Assert.Equal(0, engine.ClientsCount);
    }

    [Fact]
    [Trait("Spec", "SRV-ATT-13")]
    public async Task Host_may_be_required()
    {
        await using var server = await WebServer.StartAsync(
            builder => builder.Services.AddEngineIO(), app => app.MapEngineIO().RequireHost("chat.example"));

        Assert.Equal(404, (await RawHttp.GetAsync(server.BaseAddress, Handshake)).Status);
        Assert.Equal(200, (await RawHttp.GetAsync(server.BaseAddress, Handshake, ("Host", "chat.example"))).Status);
    }

    [Fact]
    [Trait("Spec", "SRV-ATT-04")]
    public async Task Two_engines_and_other_routes_live_side_by_side()
    {
        EngineServer first = null!, second = null!;
        await using var server = await WebServer.StartAsync(
            builder => builder.Services.AddEngineIO(),
            app =>
            {
                first = app.MapEngineIO();
                second = new EngineServer(
                    new EngineOptions { Path = "/other" }, app.Services.GetRequiredService<ILoggerFactory>(), TimeProvider.System).MapTo(app);
                app.MapGet("/hello", () => "hello");
            });
        await using var closing = second;

        await using var one = await PollingClient.OpenAsync(server.BaseAddress);
        await using var two = await SocketClient.OpenAsync(server.BaseAddress, "/other/");

        Assert.Equal((1, 1), (first.ClientsCount, second.ClientsCount));
        var stranger = await RawHttp.GetAsync(server.BaseAddress, one.Target.Replace("/engine.io/", "/other/", StringComparison.Ordinal));
        Assert.Contains("Session ID unknown", stranger.Text, StringComparison.Ordinal);
        Assert.Equal("hello", (await RawHttp.GetAsync(server.BaseAddress, "/hello")).Text);
        Assert.Equal(404, (await RawHttp.GetAsync(server.BaseAddress, "/nothing")).Status);
    }

    [Fact]
    public async Task Host_may_use_WebSockets_itself()
    {
        await using var server = await WebServer.StartAsync(
            builder => builder.Services.AddEngineIO(),
            app =>
            {
                app.UseWebSockets();
                app.MapEngineIO();
            });

        await using var client = await SocketClient.OpenAsync(server.BaseAddress);

        await client.WebSocket.SendCloseAsync();
        var end = await client.WebSocket.ReceiveEndAsync();
        Assert.Equal(WebSocketOpcode.Close, end.Opcode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Path_may_have_a_base(bool isGroup)
    {
        await using var server = await WebServer.StartAsync(
            builder => builder.Services.AddEngineIO(),
            app =>
            {
                if (isGroup)
                {
                    app.MapGroup("/base").MapEngineIO();
                    return;
                }

                app.UsePathBase("/base");
                app.UseRouting();
                app.MapEngineIO();
            });

        await using var polling = await PollingClient.OpenAsync(server.BaseAddress, "/base/engine.io/");
        await polling.SendAsync("4a");
        await using var webSocket = await SocketClient.OpenAsync(server.BaseAddress, "/base/engine.io/");
    }

    private sealed class Nobody(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());
    }
}
