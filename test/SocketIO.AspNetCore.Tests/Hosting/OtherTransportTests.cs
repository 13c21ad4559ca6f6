using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using TestKit;

namespace SocketIO.AspNetCore.Tests.Hosting;

/// <summary>HTTP/2, and a host without a network, with .NET's own clients.</summary>
public sealed class OtherTransportTests
{
    private const string Polling = "socket.io/?EIO=4&transport=polling";
    private const string WebSocketTarget = "socket.io/?EIO=4&transport=websocket";

    [Fact, Trait("Spec", "SRV-ATT-09")]
    public async Task PollingOverHttp2()
    {
        await using var server = await StartHttp2Async();
        using var client = new HttpClient
        {
            BaseAddress = server.BaseAddress, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        await EchoAsync(client);
    }

    [Fact, Trait("Spec", "SRV-ATT-09")]
    public async Task WebSocketOverHttp2()
    {
        await using var server = await StartHttp2Async();
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        await socket.ConnectAsync(new Uri($"ws://{server.BaseAddress.Authority}/{WebSocketTarget}"), invoker, TestContext.Current.CancellationToken).WithDeadline("the WebSocket");
        await EchoAsync(socket);
    }

    [Fact, Trait("Spec", "SRV-ATT-12")]
    public async Task InMemory()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSocketIO();
        await using var app = builder.Build();
        Echo(app.MapSocketIO());
        await app.StartAsync(TestContext.Current.CancellationToken);

        using var client = app.GetTestClient();
        await EchoAsync(client);
        using var socket = await app.GetTestServer().CreateWebSocketClient().ConnectAsync(new Uri("ws://localhost/" + WebSocketTarget), TestContext.Current.CancellationToken);
        await EchoAsync(socket);
    }

    private static async Task EchoAsync(HttpClient client)
    {
        string open = await client.GetStringAsync(new Uri(Polling, UriKind.Relative)).WithDeadline("the handshake");
        var target = new Uri($"{Polling}&sid={JsonDocument.Parse(open[1..]).RootElement.GetProperty("sid").GetString()}", UriKind.Relative);
        await PostAsync("40");
        Assert.StartsWith("40{", await GetAsync(), StringComparison.Ordinal);
        var pending = GetAsync();
        await PostAsync("42[\"echo\",\"hi\"]");
        Assert.Equal("42[\"echo\",\"hi\"]", await pending);

        Task<string> GetAsync() => client.GetStringAsync(target).WithDeadline("the poll");

        async Task PostAsync(string packet)
        {
            using var body = new StringContent(packet);
            using var answer = await client.PostAsync(target, body).WithDeadline("the POST");
            Assert.Equal("ok", await answer.Content.ReadAsStringAsync());
        }
    }

    private static async Task EchoAsync(WebSocket socket)
    {
        Assert.StartsWith("0{", await ReceiveAsync(), StringComparison.Ordinal);
        await SendAsync("40");
        Assert.StartsWith("40{", await ReceiveAsync(), StringComparison.Ordinal);
        await SendAsync("42[\"echo\",\"hi\"]");
        Assert.Equal("42[\"echo\",\"hi\"]", await ReceiveAsync());

        Task SendAsync(string packet) => socket.SendAsync(Encoding.UTF8.GetBytes(packet), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

        async Task<string> ReceiveAsync()
        {
            byte[] buffer = new byte[1000];
            var received = await socket.ReceiveAsync(new ArraySegment<byte>(buffer), TestContext.Current.CancellationToken).WithDeadline("a message");
            return Encoding.UTF8.GetString(buffer, 0, received.Count);
        }
    }

    private static Task<WebServer> StartHttp2Async() =>
        WebServer.StartAsync(builder => builder.Services.AddSocketIO(), app => Echo(app.MapSocketIO()), HttpProtocols.Http2);

    private static void Echo(SocketIOServer io) => io.OnConnection(socket => socket.On<string>("echo", text => socket.EmitAsync("echo", text)));
}
