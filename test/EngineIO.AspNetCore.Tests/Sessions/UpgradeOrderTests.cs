using System.Globalization;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Sessions;

/// <summary>Messages across an upgrade.</summary>
public sealed class UpgradeOrderTests
{
    private const int Count = 3000;

    [Fact]
    [Trait("Spec", "EIO-UPG-03")]
    [Trait("Behaviour", "engine.io/test/server.js:3147")]
    [Trait("Behaviour", "engine.io/test/server.js:2870")]
    public async Task Nothing_is_lost_or_reordered()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        await using var webSocket = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);
        var received = new List<string>();
        var sent = 0;
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < Count; i++)
            {
                await session.SendAsync(i.ToString(CultureInfo.InvariantCulture));
                if (i % 50 == 0) await Task.Yield();
            }
        });

        // Some over polling, the probe among them, and the rest over the WebSocket.
        for (var round = 0; round < 20; round++)
        {
            if (round == 10) await webSocket.SendTextAsync("2probe");
            var poll = await host.PollAsync(client);
            await client.SendAsync([.. Enumerable.Range(0, 10).Select(_ => "4" + sent++.ToString(CultureInfo.InvariantCulture))]);
            if (!poll.IsCompleted) _ = session.Inner.TrySend(EngineFrame.Message("filler"));
            received.AddRange(client.Split((await poll).Text));
        }

        Assert.Equal("3probe", (await webSocket.ReceiveAsync()).Text);
        await webSocket.SendTextAsync("5");
        while (sent < Count) await webSocket.SendTextAsync("4" + sent++.ToString(CultureInfo.InvariantCulture));
        await sending;
        await session.SendAsync("end");
        while (received is not [.., "4end"]) received.Add((await webSocket.ReceiveAsync()).Text);

        var numbers = Enumerable.Range(0, Count).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(numbers.Select(number => "4" + number), received.Where(packet => packet is not ("6" or "4filler" or "4end")));
        var arrived = new List<string>();
        while (arrived.Count < Count) arrived.Add(await session.NextMessageAsync());
        Assert.Equal(numbers, arrived);
    }
}
