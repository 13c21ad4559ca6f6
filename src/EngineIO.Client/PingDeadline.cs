namespace EngineIO.Client;

/// <summary>The time until which the server must be heard. One timer, which looks at the clock when it is due rather than being set anew by every ping. Thread-safe.</summary>
internal sealed class PingDeadline(TimeProvider time, Action onPassed) : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly object _gate = new();
    private ITimer? _timer;
    private long _since;
    private DateTimeOffset _sinceWall;
    private TimeSpan _limit;
    private TimeSpan _due;
    private bool _isOver;

    /// <summary>Whether the time has passed, by the clock that a machine's sleep stops or by the one that it does not.</summary>
    public bool HasPassed
    {
        get
        {
            lock (_gate) return _timer is not null && (time.GetElapsedTime(_since) > _limit || time.GetUtcNow() - _sinceWall > _limit);
        }
    }

    /// <summary>The time starts, from now.</summary>
    public void Restart(TimeSpan limit)
    {
        lock (_gate)
        {
            if (_isOver) return;
            // What the timer waits for is early enough, unless the limit has become shorter.
            var remaining = _timer is null ? TimeSpan.MaxValue : _due - time.GetElapsedTime(_since);
            (_since, _sinceWall, _limit) = (time.GetTimestamp(), time.GetUtcNow(), limit);
            _due = remaining;
            if (_timer is null)
            {
                _due = limit;
                _timer = time.CreateTimer(static state => ((PingDeadline)state!).OnDue(), this, limit, Timeout.InfiniteTimeSpan);
            }
            else if (limit < remaining)
            {
                Arm(limit);
            }
        }
    }

    public void Dispose()
    {
        ITimer? timer;
        lock (_gate) (timer, _isOver) = (_timer, true);
        timer?.Dispose();
    }

    private void OnDue()
    {
        lock (_gate)
        {
            if (_isOver) return;
            var remaining = _limit - time.GetElapsedTime(_since);
            if (remaining > TimeSpan.Zero)
            {
                // A timer's clock is coarser than ours.
                Arm(remaining + Tick);
                return;
            }
        }

        onPassed();
    }

    private void Arm(TimeSpan due)
    {
        _due = time.GetElapsedTime(_since) + due;
        _timer!.Change(due, Timeout.InfiniteTimeSpan);
    }
}
