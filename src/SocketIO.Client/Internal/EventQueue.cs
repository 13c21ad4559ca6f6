using SocketIO.Events;

namespace SocketIO.Client.Internal;

/// <summary>Starts the handlers of one socket's events in order, each when the ones before it have completed.</summary>
/// <remarks><see cref="Add"/> is called under the manager's gate; everything else by the dispatcher, or where a handler completed. Thread-safe.</remarks>
internal sealed class EventQueue(ClientSocket socket, Dispatcher dispatcher, int capacity, long maxBytes)
{
    // How much more may wait while the application awaits an acknowledgement that would come behind it.
    private const int AwaitedFactor = 16;

    private readonly object _gate = new();
    private readonly Queue<EventInvocation> _waiting = new();
    private TaskCompletionSource<bool>? _room;
    private long _waitingBytes;
    private int _skippedTurns;
    private bool _isHandling;
    private bool _isClosed;

    /// <summary>Lets an event wait for its turn.</summary>
    /// <param name="invocation">The event, in memory of its own.</param>
    /// <returns>A task that completes when the next event may be read.</returns>
    public ValueTask Add(in EventInvocation invocation)
    {
        ValueTask room;
        lock (_gate)
        {
            if (_isClosed) return default;
            _waiting.Enqueue(invocation);
            _waitingBytes += SizeOf(invocation);
            room = IsFull() ? new ValueTask((_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task) : default;
        }

        // Each event has its turn between the other things that the application sees.
        dispatcher.Post(static (queue, _) => ((EventQueue)queue).StartNext(), this);
        return room;
    }

    /// <summary>Lets the reader go on where it waits for room: an acknowledgement is awaited now.</summary>
    public void ReleaseReader()
    {
        lock (_gate) TakeRoom()?.TrySetResult(true);
    }

    /// <summary>Lets the reader go on where it waits for room: its connection is gone.</summary>
    public void LetReaderGo()
    {
        TaskCompletionSource<bool>? room;
        lock (_gate) (room, _room) = (_room, null);
        room?.TrySetResult(true);
    }

    /// <summary>Drops what waits, and whatever comes later.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _waiting.Clear();
            _waitingBytes = 0;
            TakeRoom()?.TrySetResult(true);
        }
    }

    private void StartNext()
    {
        EventInvocation next;
        lock (_gate)
        {
            if (_waiting.Count == 0) return;
            if (_isHandling)
            {
                _skippedTurns++;
                return;
            }

            _isHandling = true;
            next = _waiting.Dequeue();
            _waitingBytes -= SizeOf(next);
            TakeRoom()?.TrySetResult(true);
        }

        var handling = socket.HandleEventAsync(next);
        if (handling.IsCompleted)
        {
            // It never fails; a pooled task source wants its result to be taken.
            handling.GetAwaiter().GetResult();
            End();
        }
        else
        {
            _ = AwaitAsync(handling);
        }
    }

    private async Task AwaitAsync(ValueTask handling)
    {
        await handling.ConfigureAwait(false);
        End();
    }

    private void End()
    {
        lock (_gate)
        {
            _isHandling = false;
            if (_skippedTurns == 0) return;
            _skippedTurns--;
        }

        dispatcher.Post(static (queue, _) => ((EventQueue)queue).StartNext(), this);
    }

    private bool IsFull()
    {
        var factor = socket.AwaitsAck ? AwaitedFactor : 1;
        return _waiting.Count >= (long)capacity * factor || _waitingBytes >= maxBytes * factor;
    }

    private TaskCompletionSource<bool>? TakeRoom()
    {
        if (_room is null || (!_isClosed && IsFull())) return null;
        var room = _room;
        _room = null;
        return room;
    }

    public static long SizeOf(in EventInvocation invocation) => invocation.Arguments.Payload.Size();
}
