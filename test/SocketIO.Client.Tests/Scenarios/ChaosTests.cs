using System.Collections.Concurrent;
using System.Globalization;
using SocketIO.Client.Tests.Peers;
using TestKit;

namespace SocketIO.Client.Tests.Scenarios;

/// <summary>Fifty clients behind proxies that cut, stall, delay, half-close and refuse at random. <c>CHAOS_SECONDS=300</c> makes it last.</summary>
[Collection(nameof(ChaosTests)), CollectionDefinition(nameof(ChaosTests), DisableParallelization = true)]
public sealed class ChaosTests
{
    private const int ProxyCount = 5;
    private const int ClientsPerProxy = 10;
    private const long MostGrowth = 16 << 20; // bytes

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("CHAOS_SECONDS") ?? "5", CultureInfo.InvariantCulture));

    private static readonly string[] Transports = ["polling", "websocket", "polling,websocket"];

    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentDictionary<string, int> _outcomes = new();

    [Theory]
    [InlineData(PeerKind.Official)]
    [InlineData(PeerKind.DotNet)]
    public async Task EverybodyComesBackAndNoAnswerIsLost(PeerKind kind)
    {
        var unobserved = new ConcurrentQueue<Exception>();
        void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs args) => unobserved.Enqueue(args.Exception);
        TaskScheduler.UnobservedTaskException += OnUnobserved;
        await using var peer = await Peer.StartAsync(kind, new() { Recovery = true, PingInterval = 300, PingTimeout = 300 });
        var proxies = Enumerable.Range(0, ProxyCount).Select(_ => FaultyProxy.Start(peer.Address)).ToArray();
        var clients = proxies.SelectMany(proxy => Enumerable.Range(0, ClientsPerProxy).Select(i => new Client(proxy.Address, Transports[i % 3], _outcomes))).ToArray();
        long start = TimeProvider.System.GetTimestamp();
        bool IsOver() => TimeProvider.System.GetElapsedTime(start) > Duration;

        var chaos = proxies.Select((proxy, seed) => SpoilAsync(proxy, new Random(seed), IsOver)).ToArray();
        var work = clients.Select(client => client.RunAsync(IsOver)).ToArray();
        await Task.Delay(Duration / 3);
        long early = GC.GetTotalMemory(forceFullCollection: true);
        await Task.WhenAll(chaos).WithDeadline("the faults to end", Duration + Deadline.Default);
        await Task.WhenAll(work).WithDeadline($"the answers: {string.Join(" | ", _outcomes)}", Deadline.Default * 2);

        // The network is well again.
        foreach (var client in clients) await client.AssertWorksAsync();
        long growth = GC.GetTotalMemory(forceFullCollection: true) - early;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{_faults.Count} faults; {string.Join(", ", _outcomes.OrderBy(pair => pair.Key))}; memory {growth:+#,#;-#,#;0} bytes since a third of the time");
        foreach (var client in clients) await client.DisposeAsync().AsTask().WithDeadline("a client to be disposed");
        foreach (var proxy in proxies) await proxy.DisposeAsync();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        TaskScheduler.UnobservedTaskException -= OnUnobserved;

        Assert.Empty(unobserved.Select(error => error.ToString()));
        Assert.True(growth < MostGrowth, $"The heap has grown by {growth:N0} bytes.");
        Assert.True(_outcomes.GetValueOrDefault("answered") > clients.Length, "hardly any answers");
        Assert.True(clients.Sum(client => client.Reconnections) > 0, "no reconnections");
    }

    private async Task SpoilAsync(FaultyProxy proxy, Random random, Func<bool> isOver)
    {
        while (!isOver())
        {
            _faults.Enqueue(await proxy.FaultAsync(random, TimeProvider.System));
            await Task.Delay(random.Next(100));
        }

        proxy.Accept();
        proxy.Resume();
    }

    private sealed class Client : IAsyncDisposable
    {
        private readonly SocketManager _manager;
        private readonly ClientSocket _socket;
        private readonly ConcurrentDictionary<string, int> _outcomes;
        private readonly ConcurrentQueue<string> _faults = new();
        private int _lastEcho = -1;
        private int _reconnections;

        public Client(Uri address, string transports, ConcurrentDictionary<string, int> outcomes)
        {
            _outcomes = outcomes;
            _manager = new SocketManager(address, new SocketManagerOptions
            {
                Transports = transports.Split(','),
                ReconnectionDelay = TimeSpan.FromMilliseconds(20),
                ReconnectionDelayMax = TimeSpan.FromMilliseconds(200),
                ConnectTimeout = TimeSpan.FromSeconds(1),
            });
            _socket = _manager.Socket();
            _manager.OnHandlerError(error => _faults.Enqueue($"{error.Exception}"));
            _manager.OnReconnect(_ => Interlocked.Increment(ref _reconnections));
            // An event comes once at the most, and never before an older one.
            _socket.On<int>("echo", number =>
            {
                if (number <= _lastEcho) _faults.Enqueue($"{number} came after {_lastEcho}.");
                _lastEcho = number;
            });
        }

        public int Reconnections => Volatile.Read(ref _reconnections);

        public async Task RunAsync(Func<bool> isOver)
        {
            _socket.Connect();
            for (int i = 0; !isOver(); i++)
            {
                _socket.Emit("echo", i);
                Count(await AskAsync(i));
                await Task.Delay(5);
            }
        }

        public async Task AssertWorksAsync()
        {
            await Deadline.UntilAsync(() => _socket.Connected, "the client to come back");
            // A connection that a fault of the last moment has killed may not have been found dead yet.
            string outcome = "";
            for (int i = 0; i < 10 && outcome != "answered"; i++) outcome = await AskAsync(i);
            Assert.Equal("answered", outcome);
            Assert.Empty(_faults);
        }

        public ValueTask DisposeAsync() => _manager.DisposeAsync();

        private async Task<string> AskAsync(int number)
        {
            try
            {
                int answer = await _socket.Timeout(TimeSpan.FromSeconds(2)).EmitWithAckAsync<int>("echo", number);
                return answer == number ? "answered" : "somebody else's answer";
            }
            catch (AckTimeoutException)
            {
                return "timed out";
            }
            catch (SocketDisconnectedException)
            {
                return "disconnected";
            }
        }

        private void Count(string outcome)
        {
            _outcomes.AddOrUpdate(outcome, 1, static (_, count) => count + 1);
            if (outcome == "somebody else's answer") _faults.Enqueue(outcome);
        }
    }
}
