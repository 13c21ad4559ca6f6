using System.Net;

namespace EngineIO.Client.Tests;

/// <summary>Between the client and the server: a proxy.</summary>
public sealed class ProxyTests
{
    [Theory]
    [Trait("Spec", "CLI-NET-08")]
    [Trait("Spec", "CLI-PROXY-01")]
    [InlineData("polling", "GET http://far.example/engine.io/?EIO=4&transport=polling")]
    [InlineData("websocket", "CONNECT far.example:80")]
    public async Task Both_transports_go_through_the_proxy(string transport, string expected)
    {
        // Plain requests bear the whole URL, and a tunnel is a connection like any other: the server itself can stand in for the proxy.
        await using var proxy = new ScriptedEngine
        {
            Intercept = async exchange =>
            {
                if (exchange.Request.Method != "CONNECT") return false;
                await exchange.Wire.WriteAsync("HTTP/1.1 200 OK\r\n\r\n");
                return true;
            },
        };
        var options = new EngineClientOptions { Transports = [transport], Proxy = new WebProxy(proxy.Address), CloseTimeout = TimeSpan.FromMilliseconds(200) };
        await using var engine = await EngineClient.ConnectAsync(new Uri("http://far.example"), options);

        Assert.StartsWith(expected, proxy.Server.Requests.First().ToString(), StringComparison.Ordinal);
        Assert.Equal(transport, engine.TransportName);
    }
}
