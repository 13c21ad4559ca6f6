using System.Collections.Concurrent;
using EngineIO.AspNetCore.Transports;

namespace EngineIO.AspNetCore;

public sealed partial class EngineServer
{
    // WebSockets that have sent their close frame and await the peer's.
    private readonly ConcurrentDictionary<WebSocketTransport, byte> _closingWebSockets = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _draining;
    private int _closing;

    /// <summary>Whether the server takes no new sessions: it drains, or is closed.</summary>
    public bool IsDraining => Volatile.Read(ref _draining) != 0;

    internal bool IsClosing => Volatile.Read(ref _closing) != 0;

    /// <summary>Takes no new sessions from now on: a handshake is answered with status 503, which clients and load balancers take for a reason to try again.
    /// Sessions that exist go on. Idempotent, and final.</summary>
    public void StopAccepting()
    {
        Interlocked.Exchange(ref _draining, 1);
        CheckDrained();
    }

    /// <summary>Completes when, after <see cref="StopAccepting"/>, the last session has ended and the last peer has answered its close frame: everything that was
    /// sent to them has arrived.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task WaitUntilDrainedAsync(CancellationToken cancellationToken = default) => _drained.Task.WaitAsync(cancellationToken);

    /// <summary>Closes every session at once and refuses new ones; polls that wait are answered. Idempotent.</summary>
    public ValueTask CloseAsync()
    {
        CloseSessions();
        return default;
    }

    /// <summary>Closes the server and frees its timer.</summary>
    public void Dispose()
    {
        CloseSessions();
        Wheel.Dispose();
        Metrics.Dispose();
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    /// <summary>A WebSocket awaits its peer's close frame.</summary>
    internal void AddClosing(WebSocketTransport transport)
    {
        _closingWebSockets[transport] = 0;
        if (IsClosing) transport.HastenClose();
    }

    /// <summary>A WebSocket has ended.</summary>
    internal void RemoveClosing(WebSocketTransport transport)
    {
        if (_closingWebSockets.TryRemove(transport, out _)) CheckDrained();
    }

    private void CloseSessions()
    {
        if (Interlocked.Exchange(ref _closing, 1) != 0) return;
        Log.ClosingAll(Loggers.Engine);
        StopAccepting();
        foreach (var (_, session) in _sessions) session.Close(discard: true);
        // Those who were given more time before.
        foreach (var (transport, _) in _closingWebSockets) transport.HastenClose();
    }

    /// <summary>Counts a session in, unless there are as many as there may be.</summary>
    private bool TryReserve()
    {
        var limit = Options.MaxSessions ?? int.MaxValue;
        for (var count = ClientsCount; count < limit;)
        {
            var seen = Interlocked.CompareExchange(ref _clientsCount, count + 1, count);
            if (seen == count) return true;
            count = seen;
        }

        return false;
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _clientsCount) == 0) CheckDrained();
    }

    private void CheckDrained()
    {
        if (IsDraining && ClientsCount == 0 && _closingWebSockets.IsEmpty) _drained.TrySetResult();
    }
}
