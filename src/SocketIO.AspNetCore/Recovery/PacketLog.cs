namespace SocketIO.AspNetCore.Recovery;

/// <summary>The stored events of one namespace, in the order of their positions: bounded in time and in bytes. Not thread-safe.</summary>
/// <remarks>
/// <para>A ring: adding and removing take constant time, amortised, and finding a position takes a binary search.</para>
/// <para>Where bytes are short, the data of the oldest entries goes first while it is still known for whom they were: a session that they were not for has missed nothing.</para>
/// </remarks>
internal sealed class PacketLog
{
    private const int MinCapacity = 16;

    private readonly TimeProvider _time;
    private readonly TimeSpan _retention;
    private readonly long _maxBytes;
    private LogEntry[] _ring = new LogEntry[MinCapacity];
    private int _head;
    private int _emptied;
    private long _emptiedBytes;

    public PacketLog(TimeProvider time, TimeSpan retention, long maxBytes, long former = 0)
    {
        (_time, _retention, _maxBytes) = (time, retention, maxBytes);
        // What the log before this one had is not known here.
        Last = Forgotten = Math.Max(LogOffset.Before(time.GetUtcNow()), former);
    }

    /// <summary>The entries, those without data included.</summary>
    public int Count { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>The last position that was given out.</summary>
    public long Last { get; private set; }

    /// <summary>The position of the last entry that is not known any more.</summary>
    public long Forgotten { get; private set; }

    public ref readonly LogEntry this[int index] => ref _ring[(_head + index) & (_ring.Length - 1)];

    /// <summary>Gives out the next position.</summary>
    public long Stamp() => Last = LogOffset.Next(Last, _time.GetUtcNow());

    public void Add(long position, BroadcastOptions options, Payload data)
    {
        if (Count == _ring.Length) Resize(Count * 2);
        var entry = new LogEntry(position, _time.GetTimestamp(), options, data);
        _ring[(_head + Count++) & (_ring.Length - 1)] = entry;
        Bytes += entry.HeadBytes + entry.DataBytes;
        Trim();
    }

    /// <summary>Forgets what is too old or too much.</summary>
    public void Trim()
    {
        while (Count > 0 && _time.GetElapsedTime(this[0].StoredAt) > _retention) Forget();
        while (Bytes > _maxBytes && Count > 0)
        {
            // A quarter of the memory may be entries without data.
            if (_emptied == Count || _emptiedBytes > _maxBytes / 4) Forget();
            else Empty();
        }

        if (Count == 0 && _ring.Length > MinCapacity) Resize(MinCapacity);
    }

    /// <summary>The index of the first entry behind a position.</summary>
    public int IndexAfter(long position)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (this[middle].Position > position) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    public bool Contains(long position) => IndexAfter(position) is > 0 and var index && this[index - 1].Position == position;

    private void Forget()
    {
        ref var entry = ref _ring[_head];
        Forgotten = entry.Position;
        Bytes -= entry.HeadBytes + entry.DataBytes;
        if (_emptied > 0)
        {
            _emptied--;
            _emptiedBytes -= entry.HeadBytes;
        }

        entry = default;
        _head = (_head + 1) & (_ring.Length - 1);
        Count--;
    }

    private void Empty()
    {
        ref var entry = ref _ring[(_head + _emptied) & (_ring.Length - 1)];
        Bytes -= entry.DataBytes;
        entry = entry with { Data = default };
        _emptied++;
        _emptiedBytes += entry.HeadBytes;
    }

    private void Resize(int capacity)
    {
        var ring = new LogEntry[capacity];
        for (var i = 0; i < Count; i++) ring[i] = this[i];
        _ring = ring;
        _head = 0;
    }
}
