using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
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
    private const string Polling = "engine.io/?EIO=4&transport=polling";
    private const string WebSocketTarget = "engine.io/?EIO=4&transport=websocket";

    [Fact]
    [Trait("Spec", "SRV-ATT-09")]
    public async Task Polling_over_HTTP_2()
    {
        await using var server = await StartHttp2Async();
        using var client = new HttpClient
        {
            BaseAddress = server.BaseAddress, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        await EchoOverPollingAsync(client);
    }

    [Fact]
    [Trait("Spec", "SRV-ATT-09")]
    public async Task WebSocket_over_HTTP_2()
    {
        await using var server = await StartHttp2Async();
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        await socket.ConnectAsync(new Uri($"ws://{server.BaseAddress.Authority}/{WebSocketTarget}"), invoker, default).WithDeadline("the WebSocket");

        await EchoOverWebSocketAsync(socket);
    }

    [Fact]
    [Trait("Spec", "SRV-ATT-12")]
    public async Task Polling_in_memory()
    {
        await using var app = await StartInMemoryAsync();
        using var client = app.GetTestClient();

        await EchoOverPollingAsync(client);
    }

    [Fact]
    [Trait("Spec", "SRV-ATT-12")]
    public async Task WebSocket_in_memory()
    {
        await using var app = await StartInMemoryAsync();
        using var socket = await app.GetTestServer().CreateWebSocketClient().ConnectAsync(new Uri("ws://localhost/" + WebSocketTarget), default);

        await EchoOverWebSocketAsync(socket);
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
        using (var client = app.GetTestClient())
        {
            await client.GetStringAsync(new Uri(Polling, UriKind.Relative)).WithDeadline("the handshake");
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

    private static async Task EchoOverPollingAsync(HttpClient client)
    {
        var open = await client.GetStringAsync(new Uri(Polling, UriKind.Relative)).WithDeadline("the handshake");
        var target = new Uri($"{Polling}&sid={JsonDocument.Parse(open[1..]).RootElement.GetProperty("sid").GetString()}", UriKind.Relative);

        for (var round = 0; round < 3; round++)
        {
            var pending = client.GetStringAsync(target);
            using var body = new StringContent("4hello " + round);
            using var answer = await client.PostAsync(target, body).WithDeadline("the POST");
            Assert.Equal("ok", await answer.Content.ReadAsStringAsync());
            Assert.Equal("4hello " + round, await pending.WithDeadline("the poll"));
        }

        var last = client.GetStringAsync(target);
        using var close = new StringContent("1");
        using var closed = await client.PostAsync(target, close).WithDeadline("the close");
        Assert.Equal("6", await last.WithDeadline("the last poll"));
        using var unknown = await client.GetAsync(target);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
    }

    private static async Task EchoOverWebSocketAsync(WebSocket socket)
    {
        Assert.StartsWith("0{", await ReceiveAsync(), StringComparison.Ordinal);
        await socket.SendAsync("4hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, default);
        Assert.Equal("4hello", await ReceiveAsync());
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default).WithDeadline("the close");

        async Task<string> ReceiveAsync()
        {
            var buffer = new byte[1000];
            var received = await socket.ReceiveAsync(new ArraySegment<byte>(buffer), default).WithDeadline("a message");
            return Encoding.UTF8.GetString(buffer, 0, received.Count);
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
