namespace TestKit.Tests;

/// <summary>A proxy's faults, as a client behind it sees them.</summary>
public sealed class FaultyProxyTests : IAsyncLifetime
{
    private readonly ScriptedServer _server = ScriptedServer.StartRaw(async wire =>
    {
        while (true) await wire.WriteAsync(await wire.ReadExactAsync(1));
    });

    private FaultyProxy _proxy = null!;

    public ValueTask InitializeAsync()
    {
        _proxy = FaultyProxy.Start(_server.Address);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task LetsPassWhatItDoesNotSpoil()
    {
        await using var wire = await ConnectAsync();
        _proxy.Delay = TimeSpan.FromMilliseconds(10);
        await EchoAsync(wire);
        Assert.Equal(1, _proxy.ConnectionCount);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cuts(bool reset)
    {
        await using var wire = await ConnectAsync();
        _proxy.Cut(reset);
        Assert.Equal(reset, (await wire.ReadToEndAsync()).IsReset);
    }

    [Fact]
    public async Task StallsAndGoesOn()
    {
        await using var wire = await ConnectAsync();
        _proxy.Stall(FaultyDirection.ToClient);
        await wire.WriteAsync("a");
        Assert.True(await wire.IsSilentAsync(TimeSpan.FromMilliseconds(50)));
        _proxy.Resume();
        Assert.Equal("a"u8.ToArray(), await wire.ReadExactAsync(1));
    }

    [Fact]
    public async Task ClosesOneDirection()
    {
        await using var wire = await ConnectAsync();
        _proxy.HalfClose(FaultyDirection.ToClient);
        Assert.False((await wire.ReadToEndAsync()).IsReset);
    }

    [Fact]
    public async Task RefusesAndAcceptsAgain()
    {
        _proxy.Refuse();
        await Assert.ThrowsAnyAsync<Exception>(() => WireConnection.ConnectAsync(_proxy.Address));
        _proxy.Accept();
        await using var wire = await ConnectAsync();
    }

    [Fact]
    public async Task BlocksWebSocketsAlone()
    {
        await using var server = ScriptedServer.Start(exchange => exchange.AnswerAsync(200));
        await using var proxy = FaultyProxy.Start(server.Address);
        proxy.WebSockets = WebSocketBlock.Refuse;
        Assert.Equal(400, (await RawWebSocket.RefusedAsync(proxy.Address, "/")).Status);
        Assert.Equal(200, (await RawHttp.GetAsync(proxy.Address, "/")).Status);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task DoesAnyFaultOfASeed()
    {
        var random = new Random(1);
        for (int i = 0; i < 10; i++)
        {
            await using var wire = await ConnectAsync();
            await _proxy.FaultAsync(random, TimeProvider.System);
        }
    }

    private async Task<WireConnection> ConnectAsync()
    {
        var wire = await WireConnection.ConnectAsync(_proxy.Address);
        await EchoAsync(wire);
        return wire;
    }

    private static async Task EchoAsync(WireConnection wire)
    {
        await wire.WriteAsync("x");
        Assert.Equal("x"u8.ToArray(), await wire.ReadExactAsync(1));
    }
}
