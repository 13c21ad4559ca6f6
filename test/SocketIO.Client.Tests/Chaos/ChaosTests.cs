using System.Collections.Concurrent;
using System.Globalization;
using TestKit;

namespace SocketIO.Client.Tests.Chaos;

/// <summary>Applications behind proxies that spoil their connections at random: nothing is lost without a word, nothing is left behind.</summary>
/// <remarks><c>SOCKETIO_CHAOS=300x50</c> makes it last 300 seconds with 50 clients.</remarks>
[Collection(nameof(MeasuredAlone))]
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const int Proxies = 4;
    private const int Seed = 5;

    [Fact, Trait("Spec", "CLI-ACK-10"), Trait("Spec", "CLI-ROB-03"), Trait("Spec", "CLI-TRB-05"), Trait("Spec", "CLI-DSP-01"), Trait("Spec", "CLI-DSP-02")]
    public async Task NothingIsLostOrLeftBehind()
    {
        string[] size = (Environment.GetEnvironmentVariable("SOCKETIO_CHAOS") ?? "8x16").Split('x');
        var duration = TimeSpan.FromSeconds(int.Parse(size[0], CultureInfo.InvariantCulture));
        int clients = int.Parse(size[1], CultureInfo.InvariantCulture);
        await Memory.CollectAsync();
        var unobserved = new ConcurrentQueue<Exception>();
        EventHandler<UnobservedTaskExceptionEventArgs> observe = (_, args) => unobserved.Enqueue(args.Exception);
        TaskScheduler.UnobservedTaskException += observe;
        try
        {
            // A first wave makes the process allocate what it keeps for good: pools, compiled code.
            await RunAsync(TimeSpan.FromSeconds(3), clients);
            long before = await Memory.CollectAsync();
            var report = await RunAsync(duration, clients);
            await Memory.UntilAsync(() => report.LivingManagers == 0, "the managers to be collected");
            long after = await Memory.CollectAsync();
            output.WriteLine($"{clients} clients, {duration.TotalSeconds} s: {report}; heap {before / 1024} KiB -> {after / 1024} KiB; pool threads {ThreadPool.ThreadCount}");
            Assert.Empty(report.Faults);
            Assert.Empty(unobserved);
            Assert.True(report.Connections > clients, $"{report.Connections} connections");
            Assert.True(report.Acknowledgements > clients, $"{report.Acknowledgements} acknowledgements");
            Assert.True(after - before < 2 << 20, $"The heap has grown from {before} to {after} bytes.");
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= observe;
        }
    }

    private static async Task<ChaosReport> RunAsync(TimeSpan duration, int count)
    {
        var report = new ChaosReport();
        await using var server = await NodeServer.StartAsync("socketio.mjs", new { server = new { pingInterval = 400, pingTimeout = 400 } });
        var proxies = Enumerable.Range(0, Proxies).Select(_ => FaultyProxy.Start(server.Address)).ToArray();
        var clients = Enumerable.Range(0, count).Select(i => new ChaosClient($"client {i}", proxies[i % Proxies].Address, Seed + i, report)).ToArray();
        using var calm = new CancellationTokenSource();
        using var stop = new CancellationTokenSource();
        var spoiling = proxies.Select((proxy, i) => SpoilAsync(proxy, new Random(Seed + i), report, calm.Token)).ToArray();
        var running = clients.Select(client => Task.Run(() => client.RunAsync(stop.Token))).ToArray();
        await Task.Delay(duration);
        await calm.CancelAsync();
        await Task.WhenAll(spoiling).WithDeadline("the proxies to be calm");
        await stop.CancelAsync();
        await Task.WhenAll(running).WithDeadline("the clients to end", TimeSpan.FromMinutes(1));
        foreach (var client in clients)
        {
            int[] stored = [.. (await server.CallAsync("stored", client.Key)).EnumerateArray().Select(number => number.GetInt32())];
            if (stored.Length != stored.Distinct().Count()) report.Fault($"{client.Key} sent a number twice");
            if (!client.Acknowledged.IsSubsetOf(stored)) report.Fault($"{client.Key} was told that a number is stored that is not");
        }

        foreach (var proxy in proxies) await proxy.DisposeAsync();
        return report;
    }

    private static async Task SpoilAsync(FaultyProxy proxy, Random random, ChaosReport report, CancellationToken calm)
    {
        while (!calm.IsCancellationRequested)
        {
            report.Proxied(await proxy.FaultAsync(random, TimeProvider.System));
            await Task.Delay(random.Next(20, 200), CancellationToken.None);
        }

        // What was stalled for good goes on, so that the last acknowledgements arrive or fail.
        proxy.Resume();
    }
}
