using System.Globalization;
using System.Text.Json;

namespace TestKit;

/// <summary>A Socket.IO client whose connection is lost again and again. It asks for its session with what it knows of it, as the official client does, and writes down the
/// numbers that it gets.</summary>
/// <remarks><c>_gate</c> guards what is known; a reader whose connection is no longer the current one leaves it alone, as an application whose connection is gone does.</remarks>
public sealed class FlakyClient(Uri server, bool isPolling, string query)
{
    private readonly object _gate = new();
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _generation;
    private string? _privateId;
    private string? _offset;

    /// <summary>The numbers that came in events <c>n</c>, in their order.</summary>
    public List<int> Numbers { get; } = [];

    /// <summary>How often the session was restored.</summary>
    public int Recoveries { get; private set; }

    /// <summary>How often a new one was given instead.</summary>
    public int Losses { get; private set; }

    /// <summary>Completes with the first grant.</summary>
    public Task Granted => _granted.Task;

    /// <summary>Completes when the event <c>end</c> has come.</summary>
    public Task Ended => _end.Task;

    /// <summary>Stays connected, with interruptions, until the event <c>end</c> comes.</summary>
    /// <param name="uptime">How long a connection lasts.</param>
    /// <param name="downtime">How long there is none; null to connect anew without the server learning of the loss.</param>
    /// <param name="stop">Ends the interruptions.</param>
    public async Task RunAsync(Func<TimeSpan> uptime, Func<TimeSpan?> downtime, CancellationToken stop)
    {
        while (!_end.Task.IsCompleted)
        {
            var connection = await ConnectAsync().ConfigureAwait(false);
            var reading = ReadAsync(connection, _generation);
            await Task.WhenAny(_end.Task, reading, DelayAsync(uptime(), stop)).ConfigureAwait(false);
            // A loss that comes after the interruptions have been called off is one that the server made.
            if (stop.IsCancellationRequested) await Task.WhenAny(_end.Task, reading).ConfigureAwait(false);
            lock (_gate) _generation++;
            if (downtime() is { } time)
            {
                connection.Reset();
                await DelayAsync(time, stop).ConfigureAwait(false);
            }
            else
            {
                _ = reading.ContinueWith(_ => connection.Reset(), TaskScheduler.Default);
            }
        }
    }

    private async Task<Connection> ConnectAsync()
    {
        var connection = await Connection.OpenAsync(server, isPolling, query).ConfigureAwait(false);
        string auth;
        lock (_gate)
        {
            auth = (_privateId, _offset) switch
            {
                (null, _) => "",
                (_, null) => $"{{\"pid\":\"{_privateId}\"}}",
                _ => $"{{\"pid\":\"{_privateId}\",\"offset\":\"{_offset}\"}}",
            };
        }

        await connection.SendAsync("40" + auth).ConfigureAwait(false);
        return connection;
    }

    private async Task ReadAsync(Connection connection, int generation)
    {
        try
        {
            while (await connection.ReceiveAsync().ConfigureAwait(false) is { } packet)
            {
                lock (_gate)
                {
                    if (generation != _generation) return;
                    Handle(packet);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException or ObjectDisposedException or InvalidDataException
            or WireClosedException or TimeoutException or OperationCanceledException)
        {
            // The connection is gone.
        }
    }

    private void Handle(string packet)
    {
        if (packet.StartsWith("40", StringComparison.Ordinal))
        {
            string privateId = JsonDocument.Parse(packet[2..]).RootElement.GetProperty("pid").GetString()!;
            if (_privateId == privateId) Recoveries++;
            else if (_privateId is not null) Losses++;
            _privateId = privateId;
            _granted.TrySetResult();
            return;
        }

        if (!packet.StartsWith("42[", StringComparison.Ordinal)) throw new InvalidDataException($"Expected an event, got {packet}.");
        var arguments = JsonDocument.Parse(packet[2..]).RootElement;
        _offset = arguments[arguments.GetArrayLength() - 1].GetString();
        if (arguments[0].ValueEquals("end")) _end.TrySetResult();
        else Numbers.Add(int.Parse(arguments[1].GetRawText(), CultureInfo.InvariantCulture));
    }

    private static async Task DelayAsync(TimeSpan time, CancellationToken stop)
    {
        try
        {
            await Task.Delay(time, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Early.
        }
    }

    /// <summary>A session over one of the transports.</summary>
    private sealed class Connection(SocketClient? socket, PollingClient? polling)
    {
        public static async Task<Connection> OpenAsync(Uri server, bool isPolling, string query) => isPolling
            ? new(null, await PollingClient.OpenAsync(server, "/socket.io/", extra: query).ConfigureAwait(false))
            : new(await SocketClient.OpenAsync(server, "/socket.io/", extra: query).ConfigureAwait(false), null);

        public Task SendAsync(string packet) => socket is not null ? socket.SendAsync(packet) : polling!.SendAsync(packet);

        public async Task<string?> ReceiveAsync()
        {
            if (polling is not null) return await polling.ReceiveAsync().ConfigureAwait(false) is not "1" and var packet ? packet : null;
            return await socket!.ReceiveTextAsync().ConfigureAwait(false);
        }

        public void Reset()
        {
            socket?.WebSocket.Reset();
            polling?.Reset();
        }
    }
}
