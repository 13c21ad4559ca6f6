using System.Collections.Concurrent;
using System.Text;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Sessions;

/// <summary>The low-level events of a session: each packet that comes, and each that is about to go.</summary>
[Trait("Spec", "SRV-SOCK-09")]
public sealed class PacketEventTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(3)]
    [Trait("Behaviour", "engine.io/test/server.js:3081")]
    [Trait("Behaviour", "engine.io/test/server.js:3097")]
    [Trait("Behaviour", "engine.io/test/server.js:3115")]
    [Trait("Behaviour", "engine.io/test/server.js:3129")]
    public async Task Messages_and_heartbeats_are_told_both_ways(int revision)
    {
        var told = new ConcurrentQueue<string>();
        await using var host = await EngineHost.StartWithFakeTimeAsync(options => options.AllowEIO3 = true);
        var (client, session) = await host.OpenWebSocketAsync(revision);
        await using var closing = client;
        session.Inner.PacketReceived += packet => told.Enqueue($"received {packet.Type} {Encoding.UTF8.GetString(packet.Data.Span)}");
        session.Inner.PacketCreated += frame => told.Enqueue($"created {frame.Type} {Encoding.UTF8.GetString(frame.Bytes.Span)}");

        await client.SendAsync("4a");
        Assert.Equal("a", await session.NextMessageAsync());
        await session.SendAsync("b");
        Assert.Equal("4b", await client.ReceiveTextAsync());
        if (revision == 4) host.Advance(TimeSpan.FromSeconds(25.1));
        else await client.SendAsync("2");
        Assert.Equal(revision == 4 ? "2" : "3", (await client.WebSocket.ReceiveAsync()).Text);
        if (revision == 4) await client.SendAsync("3");

        string[] heartbeat = revision == 4 ? ["created Ping 2", "received Pong "] : ["received Ping ", "created Pong 3"];
        await Deadline.UntilAsync(() => told.Count == 4, "the heartbeat");
        Assert.Equal(["received Message a", "created Message 4b", .. heartbeat], told);
    }
}
