using System.Collections.Concurrent;
using System.Diagnostics;
using SocketIO.AspNetCore;
using TestKit;

namespace SocketIO.Client.Tests.Chaos;

/// <summary>A thousand clients in one process.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class CrowdTests(ITestOutputHelper output)
{
    private const int Count = 1_000;

    // Beside what ran before: far less than one for each client.
    private const int MoreThreads = 100;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private static readonly string[][] s_transports = [["websocket"], ["polling"], ["polling", "websocket"]];

    [Fact, Trait("Spec", "CLI-ROB-03"), Trait("Spec", "CLI-NET-06"), Trait("Spec", "CLI-DSP-02")]
    public async Task TheyConnectAnswerAndLeaveWithoutAThreadEach()
    {
        var unobserved = new ConcurrentQueue<Exception>();
        EventHandler<UnobservedTaskExceptionEventArgs> observe = (_, args) => unobserved.Enqueue(args.Exception);
        await Memory.CollectAsync();
        TaskScheduler.UnobservedTaskException += observe;
        try
        {
            var start = Stopwatch.GetTimestamp();
            var before = Threads();
            var managers = await RunAsync(before);
            output.WriteLine($"{Count} clients, {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s, {before} threads before, {Threads()} after");
            await Memory.UntilAsync(() => !managers.Any(static manager => manager.IsAlive), "the managers to be collected");
            Assert.Empty(unobserved);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= observe;
        }
    }

    private static async Task<WeakReference[]> RunAsync(int threads)
    {
        await using var server = await Server.StartAsync(io => io.OnConnection(socket =>
        {
            socket.On("echo", (int n) => socket.EmitAsync("echo", n));
            socket.OnRequest("double", (int n) => 2 * n);
        }));
        var crowd = Enumerable.Range(0, Count)
            .Select(i => new SocketManager(server.Address, new SocketManagerOptions { Transports = s_transports[i % s_transports.Length], ConnectTimeout = s_patience }))
            .ToArray();
        var echoes = new int[Count];
        for (var i = 0; i < Count; i++)
        {
            var number = i;
            crowd[i].Socket().On("echo", (int n) => { echoes[number] += n; });
        }

        await Task.WhenAll(crowd.Select(manager => manager.Socket().ConnectAsync())).WithDeadline("the connections", s_patience);
        Assert.All(crowd, manager => Assert.True(manager.Socket().Connected));
        AssertFew();
        for (var i = 0; i < Count; i++) await crowd[i].Socket().EmitAsync("echo", i + 1);
        await Deadline.UntilAsync(() => Enumerable.Range(0, Count).All(i => Volatile.Read(ref echoes[i]) == i + 1), "the echoes", s_patience);
        var answers = await Task.WhenAll(crowd.Select((manager, i) => manager.Socket().EmitWithAckAsync<int>("double", i))).WithDeadline("the answers", s_patience);
        Assert.All(answers, (answer, i) => Assert.Equal(2 * i, answer));
        AssertFew();
        await Task.WhenAll(crowd.Select(manager => manager.DisposeAsync().AsTask())).WithDeadline("the goodbyes", s_patience);
        await Deadline.UntilAsync(() => !server.Io.Engine.Sessions.Any(), "the end of all sessions", s_patience);
        AssertFew();
        return [.. crowd.Select(static manager => new WeakReference(manager))];

        void AssertFew() => Assert.InRange(Threads(), 1, threads + MoreThreads);
    }

    private static int Threads()
    {
        using var process = Process.GetCurrentProcess();
        return process.Threads.Count;
    }
}
