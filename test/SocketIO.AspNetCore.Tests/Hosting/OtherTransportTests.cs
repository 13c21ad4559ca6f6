using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using TestKit;

namespace SocketIO.AspNetCore.Tests.Hosting;

/// <summary>HTTP/2, and a host without a network, with .NET's own clients.</summary>
public sealed class OtherTransportTests
{
    private const string Path = "socket.io/";

    [Fact, Trait("Spec", "SRV-ATT-09")]
    public async Task PollingOverHttp2()
    {
        await using var server = await StartHttp2Async();
        using var client = await PlatformClient.PollOverHttp2Async(server.BaseAddress, Path);
        await EchoAsync(client);
    }

    [Fact, Trait("Spec", "SRV-ATT-09")]
    public async Task WebSocketOverHttp2()
    {
        await using var server = await StartHttp2Async();
        using var client = await PlatformClient.ConnectOverHttp2Async(server.BaseAddress, Path);
        await EchoAsync(client);
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

        using var polling = await PlatformClient.PollAsync(app.GetTestClient(), Path);
        await EchoAsync(polling);
        using var socket = await PlatformClient.ConnectAsync(
            target => app.GetTestServer().CreateWebSocketClient().ConnectAsync(new Uri("ws://localhost/" + target), default), Path);
        await EchoAsync(socket);
    }

    private static async Task EchoAsync(PlatformClient client)
    {
        await client.SendAsync("40");
        Assert.StartsWith("40{", await client.ReceiveAsync(), StringComparison.Ordinal);
        var pending = client.ReceiveAsync();
        await client.SendAsync("42[\"echo\",\"hi\"]");
        Assert.Equal("42[\"echo\",\"hi\"]", await pending);
    }

    private static Task<WebServer> StartHttp2Async() =>
        WebServer.StartAsync(builder => builder.Services.AddSocketIO(), app => Echo(app.MapSocketIO()), HttpProtocols.Http2);

    private static void Echo(SocketIOServer io) => io.OnConnection(socket => socket.On<string>("echo", text => socket.EmitAsync("echo", text)));
}
