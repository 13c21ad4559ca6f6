using System.Globalization;
using EngineIO.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Requests;

public sealed class HandshakeTests
{
    [Theory]
    [Trait("Spec", "EIO-HS-04")]
    [InlineData(EngineTransports.All, true, "[\"websocket\"]")]
    [InlineData(EngineTransports.All, false, "[]")]
    [InlineData(EngineTransports.Polling, true, "[]")]
    public async Task Upgrades_on_offer_depend_on_the_options(EngineTransports transports, bool allowUpgrades, string upgrades)
    {
        await using var host = await TestEngine.StartAsync(options =>
        {
            options.Transports = transports;
            options.AllowUpgrades = allowUpgrades;
        });

        var response = await host.GetAsync("?EIO=4&transport=polling");

        Assert.Contains($"\"upgrades\":{upgrades},", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "EIO-HS-04")]
    public async Task Upgrade_that_was_not_offered_is_still_accepted()
    {
        await using var host = await TestEngine.StartAsync(options => options.AllowUpgrades = false, echo: true);
        var (client, _) = await host.OpenPollingAsync();
        await using var _1 = client;
        await using var socket = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);

        await socket.SendTextAsync("5");
        await socket.SendTextAsync("4a");

        Assert.Equal("4a", (await socket.ReceiveAsync()).Text);
    }

    [Theory]
    [Trait("Spec", "EIO-ERR-02")]
    [InlineData(EngineTransports.WebSocket, "polling", false)]
    [InlineData(EngineTransports.Polling, "websocket", true)]
    public async Task Transport_that_is_not_on_offer_is_unknown(EngineTransports transports, string transport, bool upgrade)
    {
        await using var host = await TestEngine.StartAsync(options => options.Transports = transports);
        string target = $"/engine.io/?EIO=4&transport={transport}";

        var response = upgrade ? await RawWebSocket.RefusedAsync(host.Address, target) : await RawHttp.GetAsync(host.Address, target);

        Assert.Equal(upgrade ? "Transport unknown" : """{"code":0,"message":"Transport unknown"}""", response.Text);
    }

    [Fact]
    [Trait("Spec", "EIO-HS-02")]
    [Trait("Spec", "EIO-HS-05")]
    [Trait("Spec", "EIO-HS-07")]
    [Trait("Spec", "EIO-HS-08")]
    public async Task Options_show_in_the_handshake()
    {
        await using var host = await TestEngine.StartAsync(options =>
        {
            options.PingInterval = TimeSpan.FromMilliseconds(1234);
            options.PingTimeout = TimeSpan.FromMilliseconds(567);
            options.MaxHttpBufferSize = 10;
            options.GenerateId = async context =>
            {
                await Task.Yield();
                return "id-" + context.Request.Query["n"];
            };
            options.InitialPacket = "hi €";
        });
        const string Rest = ",\"pingInterval\":1234,\"pingTimeout\":567,\"maxPayload\":10}";

        var polling = await host.GetAsync("?EIO=4&transport=polling&n=1");
        var (webSocket, probe) = await host.OpenWebSocketAsync("&n=2");
        await using var _1 = webSocket;

        Assert.Equal("0{\"sid\":\"id-1\",\"upgrades\":[\"websocket\"]" + Rest + "\u001e4hi €", polling.Text);
        Assert.Equal("0{\"sid\":\"id-2\",\"upgrades\":[]" + Rest, webSocket.OpenPacket);
        Assert.Equal("4hi €", await webSocket.ReceiveTextAsync());
        Assert.Equal("id-1", probe.Session.Id);
    }

    [Fact]
    [Trait("Spec", "EIO-HS-08")]
    [Trait("Spec", "EIO-STATE-01")]
    public async Task What_a_connection_handler_sends_follows_the_handshake()
    {
        await using var host = await TestEngine.StartAsync(
            options => options.InitialPacket = "initial", engine => engine.OnConnection(session => session.Post(EngineFrame.Message("from handler"))));
        var (polling, _) = await host.OpenPollingAsync();
        await using var _1 = polling;
        var (webSocket, _) = await host.OpenWebSocketAsync();
        await using var _2 = webSocket;

        Assert.Equal("4initial", await polling.ReceiveAsync());
        Assert.Equal("4from handler", await polling.ReceiveAsync());
        Assert.Equal("4initial", await webSocket.ReceiveTextAsync());
        Assert.Equal("4from handler", await webSocket.ReceiveTextAsync());
    }

    [Theory]
    [Trait("Spec", "EIO-URL-02")]
    [Trait("Spec", "EIO-URL-05")]
    [InlineData("/x", true, "/x/", 200)]
    [InlineData("/x", true, "/x", 404)]
    [InlineData("/x/", true, "/x/", 200)]
    [InlineData("/x/", true, "/x/y/z", 200)]
    [InlineData("/x/", true, "/X/", 404)]
    [InlineData("/x", false, "/x", 200)]
    [InlineData("/x/", false, "/x", 200)]
    [InlineData("/x", false, "/x/", 200)]
    [InlineData("/x", false, "/x/y", 200)]
    [InlineData("/x", false, "/xfoo", 404)]
    [InlineData("/a/b", true, "/a/b/", 200)]
    [InlineData("/a/b", true, "/a/", 404)]
    [InlineData("/engine.io", true, "/socket.io/", 404)]
    public async Task Path_is_normalised(string option, bool addTrailingSlash, string requested, int status)
    {
        await using var host = await TestEngine.StartAsync(options =>
        {
            options.Path = option;
            options.AddTrailingSlash = addTrailingSlash;
        });

        Assert.Equal(status, (await RawHttp.GetAsync(host.Address, requested + "?EIO=4&transport=polling")).Status);
    }

    [Fact]
    [Trait("Spec", "EIO-URL-07")]
    [Trait("Spec", "EIO-URL-08")]
    [Trait("Spec", "EIO-UPG-15")]
    public async Task Handshake_is_that_of_the_first_request()
    {
        await using var host = await TestEngine.StartAsync();
        await using var client = await PollingClient.OpenAsync(
            host.Address, extra: "&x=42&a=1&a=2&s=a+b%20c", headers: [("X-Custom", "1"), ("X-Custom", "2"), ("Cookie", "a=b"), ("Cookie", "c=d")]);
        var probe = await host.NextSessionAsync();
        await using var socket = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget + "&x=43", ("X-Custom", "3"));
        await socket.SendTextAsync("5");
        await Deadline.UntilAsync(() => probe.Session.TransportName == "websocket", "the upgrade");

        var handshake = probe.Session.Handshake;
        Assert.Equal("42", handshake.Query["x"]);
        Assert.Equal("2", handshake.Query["a"]);
        Assert.Equal("a b c", handshake.Query["s"]);
        Assert.Equal("1, 2", handshake.Headers["x-custom"]);
        Assert.Equal("a=b; c=d", handshake.Headers["cookie"]);
        Assert.Equal("/engine.io/?EIO=4&transport=polling&x=42&a=1&a=2&s=a+b%20c", handshake.Url);
        Assert.Equal("127.0.0.1", handshake.RemoteAddress);
        Assert.False(handshake.IsSecure);
        Assert.False(handshake.IsCrossDomain);
    }

    [Fact]
    public void Invalid_options_are_named()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddEngineIO(options =>
        {
            options.PingInterval = TimeSpan.Zero;
            options.Path = "relative";
        });
        using var app = builder.Build() as IDisposable;

        var error = Assert.ThrowsAny<Exception>(() => ((WebApplication)app!).MapEngineIO());

        Assert.Contains("PingInterval", error.Message, StringComparison.Ordinal);
        Assert.Contains("Path", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "EIO-HS-06")]
    public void Ids_are_unique_and_of_twenty_characters()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < 100_000; i++)
            Assert.True(ids.Add(AspNetCore.Requests.SessionId.Generate()), i.ToString(CultureInfo.InvariantCulture));

        Assert.All(ids, id => Assert.Matches("^[A-Za-z0-9_-]{20}$", id));
        Assert.Equal(ids.Count, ids.Select(id => id[..16]).Distinct().Count());
    }
}
