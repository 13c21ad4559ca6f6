using TestKit;

namespace EngineIO.AspNetCore.Tests.Sessions;

/// <summary>What the server knows of a session from its beginning to its end.</summary>
public sealed class ConnectionTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Spec", "EIO-STATE-01")]
    [Trait("Spec", "SRV-ENG-01")]
    [Trait("Spec", "SRV-ENG-02")]
    [Trait("Behaviour", "engine.io/test/server.js:423")]
    [Trait("Behaviour", "engine.io/test/server.js:546")]
    [Trait("Behaviour", "engine.io/test/server.js:556")]
    [Trait("Behaviour", "engine.io/test/server.js:566")]
    [Trait("Behaviour", "engine.io/test/server.js:3496")]
    [Trait("Behaviour", "engine.io/test/server.js:3896")]
    public async Task Session_is_told_of_counted_and_listed_until_it_ends(bool isPolling)
    {
        (EngineSessionState State, int Count, string Transport) told = default;
        EngineHost host = null!;
        host = await EngineHost.StartAsync(onConnection: session =>
        {
            told = (session.Inner.State, host.Engine.ClientsCount, session.Inner.TransportName);
            _ = session.SendAsync("from the handler").AsTask();
        });
        await using var closingHost = host;
        (string, string) header = ("X-Custom", "value");
        IAsyncDisposable client;
        string sid, first;
        if (isPolling)
        {
            var polling = await PollingClient.OpenAsync(host.Address, headers: header);
            (client, sid, first) = (polling, polling.Sid, (await polling.ReceiveAsync())!);
        }
        else
        {
            var webSocket = await SocketClient.OpenAsync(host.Address, headers: header);
            (client, sid, first) = (webSocket, webSocket.Sid, await webSocket.ReceiveTextAsync());
        }

        await using var closing = client;
        var session = await host.NextSessionAsync();
        Assert.Equal((EngineSessionState.Open, 1, isPolling ? "polling" : "websocket"), told);
        Assert.Equal("4from the handler", first);
        Assert.Equal(sid, session.Inner.Id);
        Assert.Same(session.Inner, Assert.Single(host.Engine.Sessions));
        Assert.Equal("127.0.0.1", session.Inner.Handshake.RemoteAddress);
        Assert.Equal("value", session.Inner.Handshake.Headers["x-custom"]);

        session.Inner.Close(discard: true);

        await session.AssertClosedAsync(CloseReasons.ForcedClose);
        await client.DisposeAsync();
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "SRV-ENG-06")]
    [Trait("Behaviour", "engine.io/test/engine.io.js:29")]
    public async Task Server_keeps_its_options()
    {
        await using var host = await EngineHost.StartAsync(options => options.PingInterval = TimeSpan.FromSeconds(7));

        Assert.Equal(TimeSpan.FromSeconds(7), host.Engine.Options.PingInterval);
        Assert.Equal(TimeSpan.FromSeconds(20), host.Engine.Options.PingTimeout);
    }
}
