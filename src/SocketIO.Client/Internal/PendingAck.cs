namespace SocketIO.Client.Internal;

/// <summary>The application waits for an acknowledgement, until it comes, its time is up, the caller gives up, or the socket is gone.</summary>
internal sealed class PendingAck(ClientSocket socket) : AckHandler
{
    private readonly TaskCompletionSource<EventArguments> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _timer;
    private TimeSpan _timeout;
    private CancellationToken _token;
    private CancellationTokenRegistration _registration;

    public Task<EventArguments> Task => _completion.Task;

    /// <summary>Sets the limits of the wait. Under no lock.</summary>
    public void Start(TimeSpan? timeout, CancellationToken cancellationToken)
    {
        if (timeout is { } limit)
        {
            _timeout = limit;
            _timer = socket.Manager.Options.TimeProvider.CreateTimer(
                static ack => ((PendingAck)ack!).OnTimeout(), this, System.Threading.Timeout.InfiniteTimeSpan, System.Threading.Timeout.InfiniteTimeSpan);
            _timer.Change(limit, System.Threading.Timeout.InfiniteTimeSpan);
        }

        if (cancellationToken.CanBeCanceled)
        {
            _token = cancellationToken;
            _registration = cancellationToken.Register(static ack => ((PendingAck)ack!).OnCanceled(), this);
        }

        // Completed while this method ran, by another thread that did not see these fields.
        Interlocked.MemoryBarrier();
        if (_completion.Task.IsCompleted) Release();
    }

    public override void Complete(EventArguments arguments)
    {
        _completion.TrySetResult(arguments);
        Release();
    }

    public override void Fail(Exception error)
    {
        _completion.TrySetException(error);
        Release();
        // An application that does not look at its task has lost an acknowledgement, and nothing more.
        _ = _completion.Task.Exception;
    }

    public void Cancel(CancellationToken cancellationToken)
    {
        _completion.TrySetCanceled(cancellationToken);
        Release();
    }

    private void OnTimeout() => socket.OnAckTimeout(this, _timeout);

    private void OnCanceled() => socket.OnAckCanceled(this, _token);

    private void Release()
    {
        _timer?.Dispose();
#if NET
        _registration.Unregister();
#else
        // To dispose of it here would wait for a callback that waits for the gate.
        var registration = _registration;
        if (_token.CanBeCanceled) ThreadPool.QueueUserWorkItem(_ => registration.Dispose());
#endif
    }
}
