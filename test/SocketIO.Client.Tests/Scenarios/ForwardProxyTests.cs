using System.Net;
using EngineIO.Client;
using TestKit;

namespace SocketIO.Client.Tests.Scenarios;

/// <summary>A forward proxy, which sees all requests of both transports.</summary>
public sealed class ForwardProxyTests
{
    private const string Open = "0{\"sid\":\"s\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}";

    [Theory, Trait("Spec", "CLI-PROXY-01"), Trait("Spec", "CLI-NET-08")]
    [InlineData("polling", "GET http://server.example/socket.io/?EIO=4&transport=polling")]
    [InlineData("websocket", "CONNECT server.example:80")]
    public async Task ItIsAskedForTheServer(string transport, string first)
    {
        await using var proxy = ScriptedServer.Start(async exchange =>
        {
            if (exchange.Request.Method == "CONNECT")
            {
                // The tunnel ends here: the next request on it is the one for the WebSocket.
                await exchange.Wire.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n");
            }
            else if (exchange.Request.IsWebSocket)
            {
                var webSocket = await exchange.UpgradeAsync();
                await webSocket.SendTextAsync(Open);
                await webSocket.ReceiveEndAsync();
            }
            else if (exchange.Request.SessionId is null || exchange.Request.Method == "POST")
            {
                await exchange.AnswerAsync(200, exchange.Request.SessionId is null ? Open : "ok");
            }
            else
            {
                // A poll waits until it is given up.
                await exchange.Wire.ReadToEndAsync();
            }
        });
        var options = new SocketManagerOptions { Transports = [transport], Proxy = new WebProxy(proxy.Address) };
        await using (var engine = await EngineClient.ConnectAsync(new Uri("http://server.example"), options).WithDeadline())
        {
            Assert.Equal("s", engine.Id);
        }

        Assert.StartsWith(first, proxy.Requests.First().ToString(), StringComparison.Ordinal);
    }

    [Fact, Trait("Spec", "CLI-PROXY-01")]
    public async Task ItIsLeftOutOnRequest()
    {
        await using var proxy = ScriptedServer.StartMute();
        await using var server = ScriptedServer.Start(exchange => exchange.AnswerAsync(200, Open));
        var options = new EngineClientOptions { Transports = ["polling"], Proxy = new WebProxy(proxy.Address), UseProxy = false };
        await using var engine = await EngineClient.ConnectAsync(server.Address, options).WithDeadline();
        Assert.Equal(0, proxy.ConnectionCount);
    }
}
