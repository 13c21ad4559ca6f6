using System.Globalization;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Sessions;

/// <summary>Clients that mean harm, and their neighbours.</summary>
public sealed class HostileClientTests
{
    [Fact]
    [Trait("Spec", "SEC-EIO-04")]
    public async Task Hundreds_of_thousands_of_empty_fragments_do_no_harm()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;
        var empty = RawWebSocket.Frame(WebSocketOpcode.Continuation, []);
        empty[0] &= 0x7F;
        var fragments = Enumerable.Repeat(empty, 1000).SelectMany(bytes => bytes).ToArray();

        await client.WebSocket.SendFrameAsync(WebSocketOpcode.Text, "4a"u8.ToArray(), final: false);
        for (var i = 0; i < 200; i++) await client.WebSocket.Wire.WriteAsync(fragments);
        await client.WebSocket.SendFrameAsync(WebSocketOpcode.Continuation, "b"u8.ToArray());

        Assert.Equal("ab", await session.NextMessageAsync());
        await session.SendAsync("alive");
        Assert.Equal("4alive", await client.ReceiveTextAsync());
    }

    [Fact]
    [Trait("Spec", "SEC-EIO-03")]
    public async Task Floods_of_pongs_keep_one_timer_a_session()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;
        var heartbeats = 0;
        session.Inner.Heartbeat += () => heartbeats++;
        var pongs = Enumerable.Repeat(RawWebSocket.Frame(WebSocketOpcode.Text, "3"u8), 1000).SelectMany(bytes => bytes).ToArray();
        for (var i = 0; i < 100; i++) await client.WebSocket.Wire.WriteAsync(pongs);
        await client.SendAsync("4end");
        Assert.Equal("end", await session.NextMessageAsync());
        Assert.Equal(100_000, heartbeats);
        Assert.Equal(1, host.Engine.Wheel.Count);
        Assert.Equal(0, session.Inner.QueuedPackets);
    }

    [Fact]
    [Trait("Spec", "SEC-HS-02")]
    [Trait("Spec", "SRV-SEC-01")]
    public async Task Upgrades_that_are_reset_leave_nothing()
    {
        await using var host = await EngineHost.StartAsync();
        for (var i = 0; i < 50; i++)
        {
            await using var http = await RawHttp.ConnectAsync(host.Address);
            await http.SendAsync("GET", "/engine.io/?EIO=4&transport=websocket", (byte[]?)null, RawWebSocket.UpgradeHeaders());
            // Before the answer, after it, and with data that came too early.
            if (i % 3 == 1) await http.ReadAsync();
            if (i % 3 == 2) await http.Wire.WriteAsync(RawWebSocket.Frame(WebSocketOpcode.Text, "4early"u8));
            http.Wire.Reset();
        }

        await using var client = await SocketClient.OpenAsync(host.Address);
        await Deadline.UntilAsync(() => host.Engine.ClientsCount == 1, "the broken sessions to go");
        Assert.DoesNotContain(host.Log.Entries, entry => entry.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Spec", "SEC-MEM-01")]
    public async Task Neighbours_never_see_each_others_bytes(bool isPolling)
    {
        const int count = 5000;
        await using var host = await EngineHost.StartAsync(onConnection: session => session.Handle = message =>
            session.Inner.SendAsync(EngineFrame.Message(message.ToString())));

        await Task.WhenAll(RunAsync('a'), RunAsync('b')).WithDeadline("both clients", TimeSpan.FromSeconds(60));

        async Task RunAsync(char mine)
        {
            if (isPolling) await PollAsync(mine);
            else await TalkAsync(mine);
        }

        async Task TalkAsync(char mine)
        {
            await using var client = await SocketClient.OpenAsync(host.Address);
            var sending = Task.Run(async () =>
            {
                for (var i = 0; i < count; i++) await client.SendAsync(Packet(mine, i));
            });
            for (var i = 0; i < count; i++) Assert.Equal(Packet(mine, i), await client.ReceiveTextAsync());
            await sending;
        }

        async Task PollAsync(char mine)
        {
            await using var client = await PollingClient.OpenAsync(host.Address);
            for (var i = 0; i < count; i += 50)
            {
                await client.SendAsync([.. Enumerable.Range(i, 50).Select(number => Packet(mine, number))]);
                for (var received = i; received < i + 50; received++) Assert.Equal(Packet(mine, received), await client.ReceiveAsync());
            }
        }

        static string Packet(char mine, int i) => string.Create(CultureInfo.InvariantCulture, $"4{i}:{new string(mine, i * 37 % 3000)}");
    }
}
