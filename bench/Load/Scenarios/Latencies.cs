using System.Diagnostics;

namespace Load.Scenarios;

/// <summary>Samples of latency; when there are more than it can hold, the later ones are left out.</summary>
internal sealed class Latencies(int capacity)
{
    private readonly long[] _samples = new long[capacity];

    public int Count { get; private set; }

    public bool IsRecording { get; set; }

    public void Add(long ticks)
    {
        if (IsRecording && Count < _samples.Length) _samples[Count++] = ticks;
    }

    /// <summary>In microseconds, after the last sample.</summary>
    public double Percentile(double share)
    {
        if (Count == 0) throw new LoadException("nothing came back");
        Array.Sort(_samples, 0, Count);
        return _samples[(int)((Count - 1) * share)] * 1e6 / Stopwatch.Frequency;
    }
}
