using System.Net.WebSockets;
using System.Text;

namespace TestKit.Tests;

/// <summary>What a test scripts is what a real HTTP and WebSocket client gets.</summary>
public sealed class ScriptedServerTests
{
    [Fact]
    public async Task AnswersRequestsAndKeepsThem()
    {
        await using var server = ScriptedServer.Start(exchange => exchange.AnswerAsync(418, $"you said {exchange.Request.Text}", ("X-A", "1")));
        using var http = new HttpClient { BaseAddress = server.Address };
        using var body = new StringContent("hello");
        var response = await http.PostAsync(new Uri("/p?a=1%202", UriKind.Relative), body);
        Assert.Equal((418, "you said hello", "1"), ((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.GetValues("X-A").Single()));
        await http.GetAsync(new Uri("/again", UriKind.Relative));
        var requests = await server.RequestsAsync(2);
        Assert.Equal(["POST /p?a=1%202 hello", "GET /again"], requests.Select(request => request.ToString()));
        Assert.Equal("1 2", requests[0].Query["a"]);
        Assert.Equal(1, server.ConnectionCount);
        Assert.Empty(server.Errors);
    }

    [Fact]
    public async Task SpeaksWebSocket()
    {
        await using var server = ScriptedServer.Start(async exchange =>
        {
            var webSocket = await exchange.UpgradeAsync();
            await webSocket.SendTextAsync(await webSocket.ReceiveTextAsync());
            await webSocket.SendCloseAsync(4000, "enough");
        });
        using var client = new ClientWebSocket();
        await client.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws" }.Uri, CancellationToken.None);
        await client.SendAsync("héllo"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        byte[] buffer = new byte[100];
        var result = await client.ReceiveAsync(buffer, CancellationToken.None);
        Assert.Equal("héllo", Encoding.UTF8.GetString(buffer, 0, result.Count));
        await client.ReceiveAsync(buffer, CancellationToken.None);
        Assert.Equal((4000, "enough"), ((int)client.CloseStatus!, client.CloseStatusDescription));
        Assert.True(server.Requests.Single().IsWebSocket);
    }

    [Fact]
    public async Task KeepsSilent()
    {
        await using var server = ScriptedServer.StartMute();
        await using var wire = await WireConnection.ConnectAsync(server.Address);
        await wire.WriteAsync("GET / HTTP/1.1\r\n\r\n");
        Assert.True(await wire.IsSilentAsync(TimeSpan.FromMilliseconds(20)));
    }
}
