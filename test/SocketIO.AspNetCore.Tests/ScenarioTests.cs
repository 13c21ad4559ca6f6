using System.Collections.Concurrent;
using TestKit;

namespace SocketIO.AspNetCore.Tests;

/// <summary>What applications do, as the documentation of the reference shows it.</summary>
public sealed class ScenarioTests
{
    [Fact, Trait("Spec", "SRV-SCN-10")]
    public async Task AClientFetchesWhatItMissed()
    {
        var messages = new List<string>();
        await using var server = await TestServer.StartAsync(io => io.OnConnection(async socket =>
        {
            int offset = socket.Handshake.Auth.TryGetProperty("serverOffset", out var value) ? value.GetInt32() : 0;
            for (int i = offset; i < messages.Count; i++) await socket.EmitAsync("chat", messages[i], i + 1);
        }));
        async Task SayAsync(string text)
        {
            messages.Add(text);
            await server.Io.EmitAsync("chat", text, messages.Count);
        }

        await using (var client = await server.ConnectAsync())
        {
            await SayAsync("a");
            await client.ExpectAsync("42[\"chat\",\"a\",1]");
        }

        await Deadline.UntilAsync(() => server.Io.Sockets.Sockets.Count == 0, "the client to leave");
        await SayAsync("b");
        await SayAsync("c");
        await using var again = await server.OpenAsync();
        await again.SendAsync("40{\"serverOffset\":1}");
        Assert.StartsWith("40{", await again.ReceiveAsync());
        await again.ExpectAsync("42[\"chat\",\"b\",2]", "42[\"chat\",\"c\",3]");
        await SayAsync("d");
        await again.ExpectAsync("42[\"chat\",\"d\",4]");
    }

    [Fact, Trait("Spec", "SRV-SCN-11")]
    public async Task ARetriedMessageIsStoredOnceAndAcknowledgedEachTime()
    {
        var stored = new ConcurrentDictionary<string, string>();
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket =>
            socket.OnRequest<string, string, string>("chat", (text, key) => ValueTask.FromResult(stored.TryAdd(key, text) ? "stored" : "known"))));
        await using (var client = await server.ConnectAsync())
        {
            await client.SendAsync("420[\"chat\",\"hi\",\"key-1\"]");
            await client.ExpectAsync("430[\"stored\"]");
        }

        await using var again = await server.ConnectAsync();
        await again.SendAsync("420[\"chat\",\"hi\",\"key-1\"]");
        await again.SendAsync("421[\"chat\",\"ho\",\"key-2\"]");
        await again.ExpectAsync("430[\"known\"]", "431[\"stored\"]");
        Assert.Equal(["hi", "ho"], stored.OrderBy(pair => pair.Key).Select(pair => pair.Value));
    }

    [Fact, Trait("Spec", "SRV-LB-01"), Trait("Spec", "SRV-LB-02")]
    public async Task PollingNeedsItsServerAndWebSocketTakesAny()
    {
        await using var one = await TestServer.StartAsync();
        await using var two = await TestServer.StartAsync();
        await using var polling = await one.OpenPollingAsync();
        foreach (string method in (string[])["GET", "POST"])
        {
            var answer = await RawHttp.RequestAsync(two.Address, method, polling.Target, method == "POST" ? "40" : null);
            Assert.Equal((400, "{\"code\":1,\"message\":\"Session ID unknown\"}"), (answer.Status, answer.Text));
        }

        await polling.SendAsync("40");
        Assert.StartsWith("40{", await polling.ReceiveAsync());
        await using var first = await one.ConnectAsync();
        await using var second = await two.ConnectAsync();
        await second.SyncAsync();
    }
}
