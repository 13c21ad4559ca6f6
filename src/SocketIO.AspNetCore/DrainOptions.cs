namespace SocketIO.AspNetCore;

/// <summary>How a server sends its clients elsewhere before it closes (<see cref="SocketIOServer.DrainAsync"/>).</summary>
public class DrainOptions
{
    /// <summary>How long it may take; who is still connected then is closed at once. Default: 20 s, for a host's own patience
    /// (<c>HostOptions.ShutdownTimeout</c>) is 30 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How many clients are disconnected in a second, so that the servers that they go to are not overrun. Default: 500.</summary>
    public int SessionsPerSecond { get; set; } = 500;

    /// <summary>By how much the pauses between disconnections vary, as a part of them: 0 for equal pauses, 1 for anything from none to twice as long. Default: 0.5.</summary>
    public double Jitter { get; set; } = 0.5;

    internal IEnumerable<string> Check(string prefix)
    {
        if (Timeout <= TimeSpan.Zero || Timeout.TotalMilliseconds > int.MaxValue)
            yield return $"The option {prefix}{nameof(Timeout)} is {Timeout}; set it to a time above zero and below 24 days.";
        if (SessionsPerSecond < 1) yield return $"The option {prefix}{nameof(SessionsPerSecond)} is {SessionsPerSecond}; set it to at least 1.";
        if (Jitter is not (>= 0 and <= 1)) yield return $"The option {prefix}{nameof(Jitter)} is {Jitter}; set it to a number from 0 to 1.";
    }
}
