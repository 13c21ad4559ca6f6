using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TestKit;

/// <summary>A TCP proxy that cuts, stalls, delays, half-closes and refuses: on command, or at random from a seed.</summary>
public sealed class FaultyProxy : IAsyncDisposable
{
    private readonly Uri _target;
    private readonly ConcurrentDictionary<FaultyLink, Task> _links = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private readonly int _port = Ports.Free();
    private TcpListener? _listener;
    private TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _connectionCount;

    private FaultyProxy(Uri target)
    {
        _target = target;
        Address = new UriBuilder(target) { Host = "127.0.0.1", Port = _port }.Uri;
        Accept();
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Connections accepted so far.</summary>
    public int ConnectionCount => Volatile.Read(ref _connectionCount);

    /// <summary>How long each piece of data is held back, in both directions.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>What a request for a WebSocket gets; null lets it through. Plain HTTP only.</summary>
    public WebSocketBlock? WebSockets { get; set; }

    internal Uri Target => _target;

    internal CancellationToken End => _end.Token;

    /// <summary>Starts a proxy in front of a server.</summary>
    public static FaultyProxy Start(Uri target) => new(target);

    /// <summary>Ends all connections, with FIN or with RST.</summary>
    public void Cut(bool reset = true)
    {
        foreach (var link in _links.Keys) link.Cut(reset);
    }

    /// <summary>From now on nothing passes on the present connections, in both directions or in one; TCP stays open, as on a dead cable.</summary>
    public void Stall(FaultyDirection direction = FaultyDirection.Both)
    {
        foreach (var link in _links.Keys) link.Stall(direction);
    }

    /// <summary>Lets stalled connections go on with what they have missed.</summary>
    public void Resume()
    {
        foreach (var link in _links.Keys) link.Resume();
    }

    /// <summary>Ends one direction of the present connections with a FIN; the other one stays.</summary>
    public void HalfClose(FaultyDirection direction)
    {
        foreach (var link in _links.Keys) link.HalfClose(direction);
    }

    /// <summary>Refuses new connections, as a stopped server does.</summary>
    public void Refuse()
    {
        _listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _listener?.Stop();
        _listener = null;
    }

    /// <summary>Accepts connections again.</summary>
    public void Accept()
    {
        if (_listener is not null) return;
        var listener = new TcpListener(IPAddress.Loopback, _port);
        listener.Start();
        _listener = listener;
        _listening.TrySetResult();
    }

    /// <summary>One random fault on one random connection, or on all: a cut, a stall, a half-close or a refusal, some of which end by themselves.</summary>
    /// <returns>What was done.</returns>
    public async Task<string> FaultAsync(Random random, TimeProvider timeProvider)
    {
        var links = _links.Keys.ToArray();
        var link = links.Length == 0 ? null : links[random.Next(links.Length)];
        var pause = TimeSpan.FromMilliseconds(random.Next(50, 1000));
        switch (random.Next(7))
        {
            case 0:
                link?.Cut(reset: true);
                return "reset";
            case 1:
                link?.Cut(reset: false);
                return "cut";
            case 2:
                var direction = (FaultyDirection)random.Next(3);
                link?.HalfClose(direction);
                return $"half-close {direction}";
            case 3:
                link?.Stall((FaultyDirection)random.Next(3));
                return "stall for good";
            case 4:
                link?.Stall(FaultyDirection.Both);
                await Task.Delay(pause, timeProvider, End).ConfigureAwait(false);
                link?.Resume();
                return $"stall for {pause.TotalMilliseconds} ms";
            case 5:
                Delay = TimeSpan.FromMilliseconds(random.Next(50));
                await Task.Delay(pause, timeProvider, End).ConfigureAwait(false);
                Delay = TimeSpan.Zero;
                return $"delay for {pause.TotalMilliseconds} ms";
            default:
                Refuse();
                Cut(random.Next(2) == 0);
                await Task.Delay(pause, timeProvider, End).ConfigureAwait(false);
                Accept();
                return $"outage of {pause.TotalMilliseconds} ms";
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested) return;
        await _end.CancelAsync().ConfigureAwait(false);
        Refuse();
        _listening.TrySetResult();
        await _accepting.ConfigureAwait(false);
        Cut();
        await Task.WhenAll(_links.Values).WithDeadline("the proxy's connections to end").ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await _listening.Task.ConfigureAwait(false);
                if (_listener is not { } listener) continue;
                var link = new FaultyLink(this, await listener.AcceptSocketAsync(_end.Token).ConfigureAwait(false));
                Interlocked.Increment(ref _connectionCount);
                var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _links[link] = RunAsync(link, start.Task);
                start.SetResult();
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
            {
                // Refusing, or over.
            }
        }
    }

    private async Task RunAsync(FaultyLink link, Task start)
    {
        await start.ConfigureAwait(false);
        try
        {
            await link.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            _links.TryRemove(link, out _);
            link.Dispose();
        }
    }
}
