using SocketIO.Events;

namespace SocketIO.AspNetCore.Internal;

/// <summary>Starts the handlers of one socket's events in the order in which the events came, so many at a time as the options allow.</summary>
/// <remarks>
/// <para><see cref="AddAsync"/> is called by the connection's one reader; all other members by any thread. The object's lock guards every field, and is never held while a
/// handler runs. <c>_pumping</c> is the right to start handlers: one thread has it at a time, so the order of starting is the order of the queue.</para>
/// <para>While the socket is idle an event is handled right on the reading thread, from the receive buffer. Otherwise it is copied and waits.</para>
/// </remarks>
internal sealed class EventQueue(ServerSocket socket, int maxRunning, int capacity, long maxBytes)
{
    // How much more may wait while the application awaits an acknowledgement that would come behind it.
    private const int AwaitedFactor = 16;

    private Queue<EventInvocation>? _waiting;
    private TaskCompletionSource? _room;
    private long _waitingBytes;
    private int _running;
    private bool _pumping;
    private bool _isOpen;
    private bool _isClosed;

    /// <summary>Handles an event, or lets it wait.</summary>
    /// <param name="invocation">The event, valid until the returned task completes.</param>
    /// <returns>A task that completes when the next event may be read.</returns>
    public ValueTask AddAsync(in EventInvocation invocation)
    {
        lock (this)
        {
            if (_isClosed) return default;
            if (!_isOpen || _pumping || _running >= maxRunning || _waiting is { Count: > 0 })
            {
                (_waiting ??= new()).Enqueue(invocation.Detach());
                _waitingBytes += SizeOf(invocation);
                return IsFull() ? new ValueTask((_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task) : default;
            }

            _pumping = true;
            _running++;
        }

        Start(invocation);
        Pump();
        return default;
    }

    /// <summary>Lets events be handled: the connection handlers have returned.</summary>
    public void Open()
    {
        lock (this)
        {
            _isOpen = true;
            if (_pumping) return;
            _pumping = true;
        }

        Pump();
    }

    /// <summary>Drops what waits, and whatever comes later.</summary>
    public void Close()
    {
        TaskCompletionSource? room;
        int dropped;
        lock (this)
        {
            _isClosed = true;
            dropped = _waiting?.Count ?? 0;
            _waiting = null;
            _waitingBytes = 0;
            room = TakeRoom();
        }

        room?.TrySetResult();
        for (; dropped > 0; dropped--) socket.LogIgnoredEvent();
    }

    /// <summary>Lets the reader go on where it waits for room: an acknowledgement is awaited now.</summary>
    public void ReleaseReader()
    {
        TaskCompletionSource? room;
        lock (this) room = TakeRoom();
        room?.TrySetResult();
    }

    private void Pump()
    {
        while (true)
        {
            EventInvocation next;
            TaskCompletionSource? room;
            lock (this)
            {
                if (!_isOpen || _running >= maxRunning || _waiting is not { Count: > 0 })
                {
                    _pumping = false;
                    return;
                }

                next = _waiting.Dequeue();
                _waitingBytes -= SizeOf(next);
                _running++;
                room = TakeRoom();
            }

            room?.TrySetResult();
            Start(next);
        }
    }

    private void Start(in EventInvocation invocation)
    {
        var handling = socket.HandleEventAsync(invocation);
        if (!handling.IsCompleted)
        {
            _ = AwaitAsync(handling);
            return;
        }

        // It never fails; a pooled task source wants its result to be taken.
        handling.GetAwaiter().GetResult();
        lock (this) _running--;
    }

    private async Task AwaitAsync(ValueTask handling)
    {
        await handling.ConfigureAwait(false);
        lock (this)
        {
            _running--;
            if (_pumping) return;
            _pumping = true;
        }

        Pump();
    }

    private bool IsFull()
    {
        var factor = socket.Client.AwaitsAck ? AwaitedFactor : 1;
        return _waiting!.Count >= (long)capacity * factor || _waitingBytes >= maxBytes * factor;
    }

    private TaskCompletionSource? TakeRoom()
    {
        if (_room is null || (_waiting is not null && IsFull())) return null;
        var room = _room;
        _room = null;
        return room;
    }

    private static long SizeOf(in EventInvocation invocation)
    {
        var payload = invocation.Arguments.Payload;
        long size = payload.Json.Length;
        foreach (var attachment in payload.Attachments.Span) size += attachment.Length;
        return size;
    }
}
