namespace SocketIO.AspNetCore;

/// <summary>A client sent an event more often than it may (<see cref="ServerSocket.OnError"/>).</summary>
public sealed class RateLimitExceededException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="eventName">The event.</param>
    /// <param name="retryAfter">When it may come again, where the limiter knows.</param>
    public RateLimitExceededException(string eventName, TimeSpan? retryAfter)
        : base($"The event \"{eventName}\" came more often than its rate limiter allows.")
    {
        EventName = eventName;
        RetryAfter = retryAfter;
    }

    /// <summary>The event.</summary>
    public string EventName { get; }

    /// <summary>How long until it may come again; null where the limiter does not know.</summary>
    public TimeSpan? RetryAfter { get; }
}
