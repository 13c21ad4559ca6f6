namespace TestKit.Tests;

/// <summary>The official servers start, answer, stop and come back.</summary>
public sealed class NodeServerTests
{
    private const string Path = "/socket.io/";

    [Theory]
    [InlineData(4)]
    [InlineData(2)]
    public async Task TheOfficialServerAnswersAndReports(int version)
    {
        await using var server = await NodeServer.StartAsync("socketio.mjs", new { version });
        await using var webSocket = await ConnectAsync(server, version);
        var connection = await server.EventAsync("connection");
        Assert.Equal("/", connection.GetProperty("namespace").GetString());
        await webSocket.SendTextAsync("42[\"echo\",1]");
        Assert.Equal("42[\"echo\",1]", (await webSocket.ReceiveAsync()).Text);
        await server.CallAsync("emit", "/", null, "news", 2);
        Assert.Equal("42[\"news\",2]", (await webSocket.ReceiveAsync()).Text);
    }

    [Fact]
    public async Task ItComesBackAtTheSameAddress()
    {
        await using var server = await NodeServer.StartAsync("socketio.mjs");
        for (int i = 0; i < 2; i++)
        {
            await using var webSocket = await ConnectAsync(server, 4);
            await server.EventAsync("connection");
            if (i == 0) await server.KillAsync();
            else await server.StopAsync();
            await webSocket.ReceiveEndAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => RawHttp.GetAsync(server.Address, Path));
            await server.RestartAsync();
        }
    }

    [Fact]
    public async Task ItCanBeFrozen()
    {
        await using var server = await NodeServer.StartAsync("engineio.mjs", new { greet = false });
        await using var webSocket = await RawWebSocket.ConnectAsync(server.Address, "/engine.io/?EIO=4&transport=websocket");
        Assert.StartsWith("0{", (await webSocket.ReceiveAsync()).Text);
        await server.FreezeAsync();
        await webSocket.SendTextAsync("4hi");
        Assert.True(await webSocket.Wire.IsSilentAsync(TimeSpan.FromMilliseconds(50)));
        await server.ThawAsync();
        Assert.Equal("4hi", (await webSocket.ReceiveAsync()).Text);
    }

    [Fact]
    public async Task AnErrorOfAScriptIsTold()
    {
        await using var server = await NodeServer.StartAsync("engineio.mjs");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => server.CallAsync("close", "nobody", true));
        Assert.Contains("undefined", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<InvalidOperationException>(() => NodeServer.StartAsync("engineio.mjs", port: server.Address.Port));
        Assert.Contains("EADDRINUSE", error.Message, StringComparison.Ordinal);
    }

    private static async Task<RawWebSocket> ConnectAsync(NodeServer server, int version)
    {
        var webSocket = await RawWebSocket.ConnectAsync(server.Address, $"{Path}?EIO={(version == 2 ? 3 : 4)}&transport=websocket");
        Assert.StartsWith("0{", (await webSocket.ReceiveAsync()).Text);
        if (version == 4) await webSocket.SendTextAsync("40");
        Assert.StartsWith("40", (await webSocket.ReceiveAsync()).Text);
        return webSocket;
    }
}
