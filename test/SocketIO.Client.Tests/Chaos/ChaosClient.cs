using System.Diagnostics;
using TestKit;

namespace SocketIO.Client.Tests.Chaos;

/// <summary>One application behind a bad line: it has numbers stored, one after the other, and writes down what becomes of each.</summary>
internal sealed class ChaosClient(string key, Uri server, int seed, ChaosReport report)
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromMilliseconds(500);

    private static readonly string[][] s_transports = [["polling", "websocket"], ["websocket"], ["polling"]];

    private readonly Random _random = new(seed);
    private readonly List<Task> _waits = [];
    private int _number;

    public string Key => key;

    /// <summary>The numbers that the server said it has.</summary>
    public HashSet<int> Acknowledged { get; } = [];

    /// <summary>Lives until told to stop, now and then with a new manager.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var life = CancellationTokenSource.CreateLinkedTokenSource(stop);
            life.CancelAfter(_random.Next(1000, 8000));
            await LiveAsync(life.Token, stop);
        }
    }

    private async Task LiveAsync(CancellationToken life, CancellationToken stop)
    {
        var manager = new SocketManager(server, new SocketManagerOptions
        {
            Transports = s_transports[seed % s_transports.Length],
            ReconnectionDelay = TimeSpan.FromMilliseconds(20),
            ReconnectionDelayMax = TimeSpan.FromMilliseconds(200),
            ConnectTimeout = TimeSpan.FromSeconds(2),
            CloseTimeout = CloseTimeout,
        });
        var socket = manager.Socket();
        bool isConnected = false;
        socket.OnConnected(() =>
        {
            if (isConnected) report.Fault($"{key} connected twice");
            isConnected = true;
            report.Connected();
        });
        socket.OnDisconnected(info =>
        {
            if (!isConnected) report.Fault($"{key} disconnected twice ({info.Reason})");
            isConnected = false;
            report.Disconnected(info.Reason);
        });
        manager.OnHandlerError(error => report.Fault($"{key}: {error.Exception}"));
        report.Watch(manager);
        socket.Connect();
        while (!life.IsCancellationRequested)
        {
            _waits.Add(StoreAsync(socket, _number++));
            await Task.Delay(_random.Next(20, 150), CancellationToken.None);
        }

        // At the very end everything gets the time to arrive; before, managers are disposed of in the midst of it.
        if (stop.IsCancellationRequested) await Task.WhenAll(_waits).WithDeadline($"the last acknowledgements of {key}", TimeSpan.FromSeconds(30));
        long start = Stopwatch.GetTimestamp();
        await manager.DisposeAsync();
        report.Disposed(Stopwatch.GetElapsedTime(start), limit: 3 * CloseTimeout);
        await Task.WhenAll(_waits).WithDeadline($"the acknowledgements of {key}, which is disposed of");
        _waits.Clear();
    }

    private async Task StoreAsync(ClientSocket socket, int number)
    {
        using var giveUp = new CancellationTokenSource();
        try
        {
            string? answer;
            switch (number % 3)
            {
                case 0:
                    answer = await socket.EmitWithAckAsync<string>("store", key, number, 1);
                    break;
                case 1:
                    answer = await socket.Timeout(TimeSpan.FromMilliseconds(_random.Next(1, 500))).EmitWithAckAsync<string>("store", key, number, 1);
                    break;
                default:
                    giveUp.CancelAfter(_random.Next(1, 500));
                    answer = await socket.EmitWithAckAsync<string>("store", key, number, 1, giveUp.Token);
                    break;
            }

            if (answer != "stored") report.Fault($"{key} got {answer}");
            lock (Acknowledged) Acknowledged.Add(number);
            report.Acknowledged();
        }
        catch (Exception error) when (error is AckTimeoutException or SocketDisconnectedException or OperationCanceledException or ObjectDisposedException)
        {
            report.Failed(error);
        }
        catch (Exception error)
        {
            report.Fault($"{key}: {error}");
        }
    }
}
