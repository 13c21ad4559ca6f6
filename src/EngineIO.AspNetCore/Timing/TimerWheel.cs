using System.Numerics;

namespace EngineIO.AspNetCore.Timing;

/// <summary>All deadlines of a server on one timer, which sleeps until the next one. Setting, moving and cancelling cost O(1). Thread-safe; callbacks run
/// outside of the lock, and must not throw.</summary>
internal sealed class TimerWheel : IDisposable
{
    /// <summary>How early a timer may be.</summary>
    public static readonly TimeSpan Precision = TimeSpan.FromMilliseconds(1);

    private const int BucketCount = 8192;
    private const long Never = long.MaxValue;

    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly object _gate = new();
    private readonly WheelTimer?[] _buckets = new WheelTimer?[BucketCount];
    private readonly ulong[] _occupied = new ulong[BucketCount / 64];
    private readonly ITimer _timer;
    private readonly List<WheelTimer> _due = [];
    private long _nextTick;
    private long _armedTick = Never;
    private int _count;
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

    // A tick is a millisecond.
    private TimeSpan Elapsed => _time.GetElapsedTime(_origin);

    /// <summary>Sets, or moves, a timer's deadline.</summary>
    public void Schedule(WheelTimer timer, TimeSpan delay)
    {
        lock (_gate)
        {
            timer.DueTick = RoundUp((long)(Elapsed + delay).TotalMilliseconds, delay);
            // Put off: it moves when its old bucket comes round.
            if (timer.IsLinked && timer.DueTick >= timer.SlotTick) return;
            if (timer.IsLinked) Unlink(timer);
            Link(timer);
            if (!_firing && timer.SlotTick < _armedTick) Arm(timer.SlotTick);
        }
    }

    /// <summary>Takes a timer's deadline away. A callback that already began is not awaited.</summary>
    public void Cancel(WheelTimer timer)
    {
        lock (_gate)
        {
            if (timer.IsLinked) Unlink(timer);
        }
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Long delays are rounded further, so that the heartbeats of many sessions share a wake-up.</summary>
    private static long RoundUp(long tick, TimeSpan delay)
    {
        long grain = delay.TotalSeconds switch { < 2 => 1, < 10 => 8, _ => 32 };
        return (tick + grain - 1) / grain * grain;
    }

    private void Advance()
    {
        lock (_gate)
        {
            if (_firing) return;
            _firing = true;
            CollectDue((long)Elapsed.TotalMilliseconds);
        }

        foreach (var timer in _due) Fire(timer);
        _due.Clear();

        lock (_gate)
        {
            _firing = false;
            Arm(FirstOccupiedTick());
        }
    }

    private static void Fire(WheelTimer timer)
    {
        try
        {
            timer.Fire();
        }
        catch
        {
            // Callbacks guard what they call. A logger that throws gets this far; there is nobody to tell, and the other timers go on.
        }
    }

    private void CollectDue(long now)
    {
        // After a long pause one round over all buckets finds everything.
        for (var tick = Math.Max(_nextTick, now - BucketCount + 1); tick <= now; tick++)
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

        _nextTick = now + 1;
    }

    private void Arm(long tick)
    {
        _armedTick = tick;
        var delay = tick == Never ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(tick - Elapsed.TotalMilliseconds)));
        _timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The next tick whose bucket holds a timer, though perhaps one of a later round.</summary>
    private long FirstOccupiedTick()
    {
        if (_count == 0) return Never;
        for (long tick = _nextTick; ;)
        {
            var index = (int)(tick % BucketCount);
            var word = _occupied[index / 64] >> (index % 64);
            if (word != 0) return tick + BitOperations.TrailingZeroCount(word);
            tick += 64 - (index % 64);
        }
    }

    private void Link(WheelTimer timer)
    {
        timer.SlotTick = Math.Max(timer.DueTick, _nextTick);
        var index = (int)(timer.SlotTick % BucketCount);
        ref var head = ref _buckets[index];
        timer.Next = head;
        if (head is not null) head.Previous = timer;
        head = timer;
        timer.IsLinked = true;
        _occupied[index / 64] |= 1UL << (index % 64);
        _count++;
    }

    private void Unlink(WheelTimer timer)
    {
        var index = (int)(timer.SlotTick % BucketCount);
        if (timer.Previous is null) _buckets[index] = timer.Next;
        else timer.Previous.Next = timer.Next;
        if (timer.Next is not null) timer.Next.Previous = timer.Previous;
        timer.Next = timer.Previous = null;
        timer.IsLinked = false;
        if (_buckets[index] is null) _occupied[index / 64] &= ~(1UL << (index % 64));
        _count--;
    }
}
