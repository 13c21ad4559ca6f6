namespace EngineIO.Client.Http;

/// <summary>Ends a request after a time of the session's clock, or with the session.</summary>
internal sealed class RequestDeadline : IDisposable
{
    private readonly CancellationTokenSource? _source;
    private readonly ITimer? _timer;
    private readonly object _gate = new();
    private bool _isDisposed;
    private int _hasPassed;

    public RequestDeadline(TimeSpan? timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        Token = cancellationToken;
        if (timeout is not { } limit) return;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Token = _source.Token;
        _timer = time.CreateTimer(static state => ((RequestDeadline)state!).Pass(), this, limit, Timeout.InfiniteTimeSpan);
    }

    public CancellationToken Token { get; }

    public bool HasPassed => Volatile.Read(ref _hasPassed) != 0;

    public void Dispose()
    {
        if (_source is null) return;
        _timer!.Dispose();
        lock (_gate)
        {
            _isDisposed = true;
            // Or the session's token would remember each of its requests.
            _source.Dispose();
        }
    }

    private void Pass()
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            Volatile.Write(ref _hasPassed, 1);
        }

        try
        {
            _source!.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The answer came at the same time.
        }
    }
}
