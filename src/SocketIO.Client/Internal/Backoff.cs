namespace SocketIO.Client.Internal;

/// <summary>How long each attempt of a series waits.</summary>
internal sealed class Backoff(Func<double> random)
{
    /// <summary>How many waits the series has had.</summary>
    public int Attempts { get; private set; }

    public void Reset() => Attempts = 0;

    /// <summary>The next wait, in whole milliseconds.</summary>
    public TimeSpan Next(TimeSpan min, TimeSpan max, double jitter)
    {
        var delay = min.TotalMilliseconds * Math.Pow(2, Attempts++);
        if (jitter is > 0 and <= 1)
        {
            var draw = random();
            var deviation = Math.Floor(draw * jitter * delay);
            delay += ((int)Math.Floor(draw * 10) & 1) == 0 ? -deviation : deviation;
        }

        return TimeSpan.FromMilliseconds(Math.Truncate(Math.Min(delay, max.TotalMilliseconds)));
    }
}
