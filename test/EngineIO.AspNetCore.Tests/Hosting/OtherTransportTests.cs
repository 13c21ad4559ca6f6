using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Hosting;

/// <summary>HTTP/2, and a host without a network.</summary>
[Trait("Spec", "SEC-HS-02")]
public sealed class OtherTransportTests
{
    private const string Path = "engine.io/";

    [Fact]
    [Trait("Spec", "SRV-ATT-09")]
    public async Task Polling_over_HTTP_2()
    {
        await using var server = await StartHttp2Async();
        using var client = await PlatformClient.PollOverHttp2Async(server.BaseAddress, Path);

        await EchoOverPollingAsync(client);
    }

    [Fact]
    [Trait("Spec", "SRV-ATT-09")]
    public async Task WebSocket_over_HTTP_2()
    {
        await using var server = await StartHttp2Async();
        using var client = await PlatformClient.ConnectOverHttp2Async(server.BaseAddress, Path);

        await EchoOverWebSocketAsync(client);
    }

    [Fact]
    [Trait("Spec", "SRV-ATT-12")]
    public async Task Polling_in_memory()
    {
        await using var app = await StartInMemoryAsync();
        using var client = await PlatformClient.PollAsync(app.GetTestClient(), Path);

        await EchoOverPollingAsync(client);
    }

    [Fact]
    [Trait("Spec", "SRV-ATT-12")]
    public async Task WebSocket_in_memory()
    {
        await using var app = await StartInMemoryAsync();
        using var client = await PlatformClient.ConnectAsync(
            target => app.GetTestServer().CreateWebSocketClient().ConnectAsync(new Uri("ws://localhost/" + target), default), Path);

        await EchoOverWebSocketAsync(client);
    }

    [Fact]
    [Trait("Spec", "SRV-NODE-06")]
    public async Task Session_lets_its_first_request_go()
    {
        WeakReference? first = null;
        EngineServer engine = null!;
        await using var app = await StartInMemoryAsync(
            pipeline => pipeline.Use((context, next) =>
            {
                first = new WeakReference(context);
                return next(context);
            }),
            mapped => engine = mapped);
        using (await PlatformClient.PollAsync(app.GetTestClient(), Path))
        {
        }

        await Deadline.UntilAsync(
            () =>
            {
                GC.Collect();
                return !first!.IsAlive;
            },
            "the request to be let go");
        Assert.Equal(1, engine.ClientsCount);
    }

    private static async Task EchoOverPollingAsync(PlatformClient client)
    {
        await EchoAsync(client);
        var last = client.ReceiveAsync();
        await client.SendAsync("1");
        Assert.Equal("6", await last);
        var unknown = await Assert.ThrowsAsync<HttpRequestException>(client.ReceiveAsync);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
    }

    private static async Task EchoOverWebSocketAsync(PlatformClient client)
    {
        await EchoAsync(client);
        await client.SendAsync("1");
        Assert.Equal("", await client.ReceiveAsync());
    }

    private static async Task EchoAsync(PlatformClient client)
    {
        for (var round = 0; round < 3; round++)
        {
            var pending = client.ReceiveAsync();
            await client.SendAsync("4hello " + round);
            Assert.Equal("4hello " + round, await pending);
        }
    }

    private static Task<WebServer> StartHttp2Async() =>
        WebServer.StartAsync(builder => builder.Services.AddEngineIO(), app => Echo(app.MapEngineIO()), HttpProtocols.Http2);

    private static async Task<WebApplication> StartInMemoryAsync(Action<WebApplication>? pipeline = null, Action<EngineServer>? setUp = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddEngineIO();
        var app = builder.Build();
        pipeline?.Invoke(app);
        var engine = app.MapEngineIO();
        Echo(engine);
        setUp?.Invoke(engine);
        await app.StartAsync();
        return app;
    }

    private static void Echo(EngineServer engine) => engine.OnConnection(session => session.Handler = new EchoHandler(session));

    private sealed class EchoHandler(EngineSession session) : IEngineSessionHandler
    {
        public ValueTask OnMessageAsync(EngineMessage message) => session.SendAsync(EngineFrame.Message(message.ToString()));

        public void OnReadCompleted()
        {
        }

        public void OnClosed(string reason, Exception? error)
        {
        }
    }
}
