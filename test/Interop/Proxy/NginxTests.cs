using EngineIO.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using SocketIO;
using SocketIO.AspNetCore;
using TestKit;

namespace Interop.Tests.Proxy;

/// <summary>Servers behind nginx, as they stand in production.</summary>
[Trait("Spec", "SRV-ATT-10")]
public sealed class NginxTests
{
    private const string Path = "/socket.io/";

    [Fact]
    public async Task PollingTheUpgradeAndForwardedHeadersComeThrough()
    {
        SkipWithoutNginx();
        await using var node = await StartNodeAsync();
        await using var nginx = await Nginx.StartAsync(Upstream("", node));
        var io = node.Services.GetRequiredService<SocketIOServer>();

        // As if another proxy had been passed before this one.
        await using var polling = await PollingClient.OpenAsync(nginx.Address, Path, headers: ("X-Forwarded-For", "203.0.113.7"));
        await polling.SendAsync("40");
        Assert.StartsWith("40{", await polling.ReceiveAsync());
        await polling.SendAsync("42[\"address\"]");
        Assert.Equal("42[\"address\",\"203.0.113.7\",true]", await polling.ReceiveAsync());

        // A poll that waits, and is then answered through the proxy's buffers.
        var poll = await polling.BeginGetAsync();
        await Deadline.UntilAsync(() => io.Engine.Sessions.Single().IsWritable, "the poll to wait");
        await io.EmitAsync("news", new string('x', 50_000));
        Assert.Equal($"42[\"news\",\"{new string('x', 50_000)}\"]", (await poll).Text);

        await using var webSocket = await RawWebSocket.ConnectAsync(nginx.Address, polling.UpgradeTarget);
        await webSocket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await webSocket.ReceiveAsync()).Text);
        await webSocket.SendTextAsync("5");
        await webSocket.SendTextAsync("42[\"address\"]");
        Assert.Equal("42[\"address\",\"203.0.113.7\",true]", (await webSocket.ReceiveAsync()).Text);
        Assert.Equal("websocket", io.Engine.Sessions.Single().TransportName);

        webSocket.Reset();
        await Deadline.UntilAsync(() => io.Engine.ClientsCount == 0, "the session to end with the client's connection");
        Assert.Empty(node.Log.Errors);
    }

    [Theory, InlineData("polling"), InlineData("websocket"), InlineData("upgrade")]
    public async Task TheOfficialClientWorksThroughIt(string transports)
    {
        SkipWithoutNginx();
        await using var node = await InteropServer.StartAsync();
        await using var nginx = await Nginx.StartAsync(Upstream("", node));
        await Script.RunAsync("proxy.mjs", new Dictionary<string, object> { ["url"] = nginx.Address.OriginalString, ["client"] = 4, ["transports"] = transports });
        await InteropServer.AssertNothingIsLeftAsync(node);
    }

    [Fact, Trait("Spec", "SRV-LB-01"), Trait("Spec", "SRV-LB-02")]
    public async Task WithoutAffinityPollingFailsAndWebSocketsDoNot()
    {
        SkipWithoutNginx();
        await using var one = await StartNodeAsync();
        await using var two = await StartNodeAsync();
        await using var nginx = await Nginx.StartAsync(Upstream("", one, two));

        await using var polling = await PollingClient.OpenAsync(nginx.Address, Path);
        // The next request goes to the other server.
        var refused = await RawHttp.GetAsync(nginx.Address, polling.Target);
        Assert.Equal((400, "{\"code\":1,\"message\":\"Session ID unknown\"}"), (refused.Status, refused.Text));

        var clients = new List<SocketClient>();
        for (int i = 0; i < 4; i++) clients.Add(await SocketClient.OpenAsync(nginx.Address, Path));
        foreach (var client in clients)
        {
            await client.SendAsync("40");
            Assert.StartsWith("40{", await client.ReceiveTextAsync());
        }

        Assert.Equal([2, 2], ((WebServer[])[one, two]).Select(node => Sessions(node).Count(session => session.TransportName == "websocket")));
        foreach (var client in clients) await client.DisposeAsync();
    }

    [Fact, Trait("Spec", "SRV-LB-01")]
    public async Task WithAffinityByAddressPollingWorks()
    {
        SkipWithoutNginx();
        await using var one = await StartNodeAsync();
        await using var two = await StartNodeAsync();
        await using var nginx = await Nginx.StartAsync(Upstream("ip_hash;", one, two));
        for (int i = 0; i < 3; i++) await UseAsync(await PollingClient.OpenAsync(nginx.Address, Path));
    }

    [Fact, Trait("Spec", "SRV-LB-03"), Trait("Spec", "SRV-EOPT-08")]
    public async Task WithAffinityByCookiePollingWorks()
    {
        SkipWithoutNginx();
        await using var one = await StartNodeAsync(cookie: "one");
        await using var two = await StartNodeAsync(cookie: "two");
        // The cookie that the handshake sets names the server; who has none yet goes to either.
        await using var nginx = await Nginx.StartAsync(
            $"{Upstream("", one, two)} map $cookie_io $node {{ one {one.BaseAddress.Authority}; two {two.BaseAddress.Authority}; default nodes; }}", "$node");
        var nodes = new List<string>();
        for (int i = 0; i < 4; i++)
        {
            await using var client = await PollingClient.OpenAsync(nginx.Address, Path);
            string cookie = client.OpenResponse.Header("set-cookie")!.Split(';')[0];
            nodes.Add(cookie);
            Assert.Equal("ok", (await client.PostAsync("40", ("Cookie", cookie))).Text);
            var answer = await RawHttp.GetAsync(nginx.Address, client.Target, ("Cookie", cookie));
            Assert.StartsWith("40{", answer.Text);
        }

        Assert.Equal(["io=one", "io=one", "io=two", "io=two"], nodes.Order(StringComparer.Ordinal));
    }

    private static async Task UseAsync(PollingClient client)
    {
        await using var _ = client;
        await client.SendAsync("40");
        Assert.StartsWith("40{", await client.ReceiveAsync());
        for (int i = 0; i < 5; i++)
        {
            await client.SendAsync("42[\"address\"]");
            Assert.Equal("42[\"address\",\"127.0.0.1\",true]", await client.ReceiveAsync());
        }

        await using var webSocket = await RawWebSocket.ConnectAsync(client.Server, client.UpgradeTarget);
        await webSocket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await webSocket.ReceiveAsync()).Text);
    }

    private static void SkipWithoutNginx() => Assert.SkipUnless(Nginx.IsInstalled, "nginx is not installed (./test.sh installs it where it can).");

    private static string Upstream(string method, params WebServer[] nodes) =>
        $"upstream nodes {{ {method} {string.Concat(nodes.Select(node => $"server {node.BaseAddress.Authority}; "))}}}";

    private static IEnumerable<EngineSession> Sessions(WebServer node) => node.Services.GetRequiredService<SocketIOServer>().Engine.Sessions;

    private static Task<WebServer> StartNodeAsync(string? cookie = null) => WebServer.StartAsync(
        builder =>
        {
            builder.Services.Configure<ForwardedHeadersOptions>(options =>
            {
                options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
                options.ForwardLimit = 2;
            });
            builder.Services.AddSocketIO(options =>
            {
                if (cookie is not null) options.Cookie = new() { Encode = _ => cookie };
            });
        },
        app =>
        {
            app.UseForwardedHeaders();
            app.MapSocketIO().OnConnection(socket => socket.On("address", () => socket.EmitAsync("address", socket.Handshake.Address, socket.Handshake.Secure)));
        });
}
