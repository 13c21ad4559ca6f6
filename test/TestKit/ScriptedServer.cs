using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TestKit;

/// <summary>A server on which a test decides about every byte: fake, hostile or mute.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Func<WireConnection, Task> _script;
    private readonly ConcurrentDictionary<WireConnection, Task> _connections = new();
    private readonly ConcurrentQueue<ScriptedRequest> _requests = new();
    private readonly ConcurrentQueue<Exception> _errors = new();
    private readonly Task _accepting;
    private int _connectionCount;

    private ScriptedServer(int port, Func<WireConnection, Task>? script, Func<ScriptedExchange, Task>? answer)
    {
        _script = script ?? (wire => ServeAsync(wire, answer!));
        _listener = port == 0 ? Ports.Listen() : new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>The requests so far, in the order of their heads.</summary>
    public IReadOnlyCollection<ScriptedRequest> Requests => _requests;

    /// <summary>TCP connections accepted so far.</summary>
    public int ConnectionCount => Volatile.Read(ref _connectionCount);

    /// <summary>What went wrong in the script itself; a peer that goes away is nothing wrong.</summary>
    public IReadOnlyCollection<Exception> Errors => _errors;

    /// <summary>A server that runs a script on each TCP connection; the connection is closed when the script ends.</summary>
    public static ScriptedServer StartRaw(Func<WireConnection, Task> script, int port = 0) => new(port, script, null);

    /// <summary>A server that reads HTTP requests, on each connection one after the other, and has each answered by the test.</summary>
    public static ScriptedServer Start(Func<ScriptedExchange, Task> answer, int port = 0) => new(port, null, answer);

    /// <summary>Accepts connections, reads everything, says nothing.</summary>
    public static ScriptedServer StartMute(int port = 0) => StartRaw(wire => wire.ReadToEndAsync(), port);

    /// <summary>The requests, once there are <paramref name="count"/> of them that match.</summary>
    public async Task<IReadOnlyList<ScriptedRequest>> RequestsAsync(int count, Func<ScriptedRequest, bool>? match = null)
    {
        ScriptedRequest[] Found() => [.. _requests.Where(match ?? (_ => true))];
        await Deadline.UntilAsync(() => Found().Length >= count, $"{count} requests").ConfigureAwait(false);
        return Found();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting.ConfigureAwait(false);
        foreach (var wire in _connections.Keys) wire.Reset();
        await Task.WhenAll(_connections.Values).WithDeadline("the scripts to end").ConfigureAwait(false);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync().ConfigureAwait(false);
                socket.NoDelay = true;
                Interlocked.Increment(ref _connectionCount);
                var wire = new WireConnection(socket) { ReadLimit = Timeout.InfiniteTimeSpan };
                var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _connections[wire] = RunAsync(wire, start.Task);
                start.SetResult();
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task RunAsync(WireConnection wire, Task start)
    {
        await start.ConfigureAwait(false);
        try
        {
            await _script(wire).ConfigureAwait(false);
        }
        catch (Exception end) when (end is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The peer has gone, or the test is over.
        }
        catch (Exception error)
        {
            _errors.Enqueue(error);
        }
        finally
        {
            await wire.DisposeAsync().ConfigureAwait(false);
            _connections.TryRemove(wire, out _);
        }
    }

    private async Task ServeAsync(WireConnection wire, Func<ScriptedExchange, Task> answer)
    {
        while (await ScriptedRequest.ReadAsync(wire, _requests.Enqueue).ConfigureAwait(false) is { } request)
        {
            var exchange = new ScriptedExchange(request, wire);
            await answer(exchange).ConfigureAwait(false);
            if (exchange.IsUpgraded) return;
        }
    }
}
