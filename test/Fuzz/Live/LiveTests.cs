using System.Globalization;
using Fuzz.Inputs;
using TestKit;

namespace Fuzz.Live;

/// <summary>Hostile connections by the thousand against a whole server, and a well-behaved one in their midst.</summary>
public sealed class LiveTests(ITestOutputHelper output)
{
    private const int Attackers = 6;

    [Fact]
    [Trait("Spec", "SIO-LIM-05")]
    [Trait("Spec", "SRV-SEC-01")]
    public async Task Hostile_connections_harm_themselves_alone()
    {
        await using var server = await LiveServer.StartAsync();
        await using var witness = await SocketClient.OpenAsync(server.Address, "/socket.io/");
        await witness.SendAsync("40");
        Assert.StartsWith("40{", await witness.ReceiveTextAsync(), StringComparison.Ordinal);

        long start = TimeProvider.System.GetTimestamp(), next = 0;
        bool isOver() => TimeProvider.System.GetElapsedTime(start) > FuzzSettings.Total * FuzzTests.LiveShare;
        using var stop = new CancellationTokenSource();
        var clock = server.RunClockAsync(stop.Token);
        var attacks = Enumerable.Range(0, Attackers).Select(_ => Task.Run(async () =>
        {
            while (!isOver()) await AttackAsync(server, FuzzSettings.OnlyCase ?? Interlocked.Increment(ref next));
        })).ToList();

        for (int i = 0; !isOver(); i++)
        {
            string text = i.ToString(CultureInfo.InvariantCulture);
            await witness.SendAsync($"42{text}[\"ask\",\"{text}\"]");
            Assert.Equal($"43{text}[\"{text}!\"]", await witness.ReceiveTextAsync());
        }

        await Task.WhenAll(attacks);
        await stop.CancelAsync();
        await clock;
        server.AssertLog(Attack.Secret);
        await witness.DisposeAsync();
        await server.AssertEmptyAsync();
        output.WriteLine($"{next} hostile connections, FUZZ_SEED={FuzzSettings.Seed}");
    }

    private static async Task AttackAsync(LiveServer server, long number)
    {
        try
        {
            await new Attack(server.Address, new FuzzInput(FuzzSettings.Seed, number)).RunAsync();
        }
        catch (Exception error)
        {
            throw new FuzzException($"FUZZ_SEED={FuzzSettings.Seed} FUZZ_CASE={number} of {nameof(Attack)}\n{error}");
        }
    }
}
