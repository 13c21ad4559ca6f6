using System.Diagnostics;

namespace Load.Scenarios;

/// <summary>When messages are due at a steady rate, however late the answers are: latency is counted from there, so that a server that stops is not spared.</summary>
internal sealed class Schedule(double messagesPerSecond)
{
    private readonly double _interval = Stopwatch.Frequency / messagesPerSecond;
    private long _start;

    /// <summary>The number of the next message.</summary>
    public long Next { get; private set; }

    /// <summary>Begins now.</summary>
    public void Start() => _start = Stopwatch.GetTimestamp();

    public long DueAt(long message) => _start + (long)(message * _interval);

    /// <summary>Takes the next message if it is due.</summary>
    public bool TryTake(long now, out long message)
    {
        message = Next;
        if (now < DueAt(message)) return false;
        Next++;
        return true;
    }
}
