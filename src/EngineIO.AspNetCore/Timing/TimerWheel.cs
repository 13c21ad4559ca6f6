namespace EngineIO.AspNetCore.Timing;

/// <summary>All deadlines of a server on one timer. Thread-safe; callbacks run outside of the lock, and must not throw.</summary>
internal sealed class TimerWheel : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private const int BucketCount = 2048;

    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly object _gate = new();
    private readonly WheelTimer?[] _buckets = new WheelTimer?[BucketCount];
    private readonly ITimer _timer;
    private readonly List<WheelTimer> _due = [];
    private long _currentTick;
    private int _count;
    private bool _running;
    private bool _firing;

    public TimerWheel(TimeProvider time)
    {
        _time = time;
        _origin = time.GetTimestamp();
        _timer = time.CreateTimer(static wheel => ((TimerWheel)wheel!).Advance(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The number of timers that are waiting.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _count;
        }
    }

    /// <summary>Sets, or moves, a timer's deadline.</summary>
    public void Schedule(WheelTimer timer, TimeSpan delay)
    {
        lock (_gate)
        {
            // Rounded up: no timer fires early.
            timer.DueTick = (long)Math.Ceiling((_time.GetElapsedTime(_origin) + delay) / Tick);
            if (timer.Linked && timer.DueTick >= timer.SlotTick) return;
            if (timer.Linked) Unlink(timer);
            Link(timer);
            if (_running) return;
            _running = true;
            _timer.Change(Tick, Tick);
        }
    }

    /// <summary>Takes a timer's deadline away. A callback that already began is not awaited.</summary>
    public void Cancel(WheelTimer timer)
    {
        lock (_gate)
        {
            timer.DueTick = long.MaxValue;
            if (timer.Linked) Unlink(timer);
        }
    }

    public void Dispose() => _timer.Dispose();

    private long ElapsedTicks() => _time.GetElapsedTime(_origin).Ticks / Tick.Ticks;

    private void Advance()
    {
        lock (_gate)
        {
            if (_firing) return;
            _firing = true;
            CollectDue();
        }

        foreach (var timer in _due) timer.Fire();
        _due.Clear();

        lock (_gate)
        {
            _firing = false;
            if (_count > 0) return;
            _running = false;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private void CollectDue()
    {
        var now = ElapsedTicks();
        // After a long pause one round over all buckets finds everything.
        var first = Math.Max(_currentTick, now - BucketCount + 1);
        for (var tick = first; tick <= now; tick++)
        {
            var timer = _buckets[tick % BucketCount];
            while (timer is not null)
            {
                var next = timer.Next;
                if (timer.SlotTick <= now)
                {
                    Unlink(timer);
                    if (timer.DueTick <= now) _due.Add(timer);
                    else Link(timer);
                }

                timer = next;
            }
        }

        _currentTick = now + 1;
    }

    private void Link(WheelTimer timer)
    {
        timer.SlotTick = Math.Max(timer.DueTick, _currentTick);
        ref var head = ref _buckets[timer.SlotTick % BucketCount];
        timer.Next = head;
        timer.Previous = null;
        if (head is not null) head.Previous = timer;
        head = timer;
        timer.Linked = true;
        _count++;
    }

    private void Unlink(WheelTimer timer)
    {
        if (timer.Previous is null) _buckets[timer.SlotTick % BucketCount] = timer.Next;
        else timer.Previous.Next = timer.Next;
        if (timer.Next is not null) timer.Next.Previous = timer.Previous;
        timer.Next = timer.Previous = null;
        timer.Linked = false;
        _count--;
    }
}
