namespace SocketIO.AspNetCore.Internal;

/// <summary>Waits for the acknowledgement of one socket, until it comes, the time is up, the caller gives up, or the socket is gone.</summary>
/// <remarks>Thread-safe: who takes it out of the socket's registry completes it. The caller's continuation never runs on the reading thread.</remarks>
internal sealed class SingleAck(ServerSocket socket, long id) : AckHandler, IDisposable
{
    private readonly TaskCompletionSource<EventArguments> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _timer;
    private TimeSpan _timeout;
    private CancellationToken _token;
    private CancellationTokenRegistration _registration;

    public Task<EventArguments> Task => _completion.Task;

    public void Start(TimeSpan? timeout, CancellationToken cancellationToken)
    {
        if (timeout is { } limit)
        {
            _timeout = limit;
            _timer = socket.Server.TimeProvider.CreateTimer(
                static state => ((SingleAck)state!).OnTimeout(), this, System.Threading.Timeout.InfiniteTimeSpan, System.Threading.Timeout.InfiniteTimeSpan);
            _timer.Change(limit, System.Threading.Timeout.InfiniteTimeSpan);
        }

        _token = cancellationToken;
        _registration = cancellationToken.UnsafeRegister(static state => ((SingleAck)state!).OnCanceled(), this);
        // Completed while this method ran, by another thread that did not see these fields.
        if (_completion.Task.IsCompleted) Dispose();
    }

    public override void OnAck(EventArguments arguments)
    {
        Dispose();
        _completion.TrySetResult(arguments);
    }

    public override void OnDisconnected(string reason)
    {
        Dispose();
        _completion.TrySetException(new SocketDisconnectedException(reason));
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _registration.Unregister();
    }

    private void OnTimeout()
    {
        if (socket.TakeAck(id) is null) return;
        socket.LogAckTimeout(id, _timeout);
        Dispose();
        _completion.TrySetException(new AckTimeoutException());
    }

    private void OnCanceled()
    {
        if (socket.TakeAck(id) is null) return;
        _timer?.Dispose();
        _completion.TrySetCanceled(_token);
    }
}
