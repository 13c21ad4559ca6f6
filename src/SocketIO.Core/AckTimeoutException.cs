namespace SocketIO;

/// <summary>An emitted event was not acknowledged in time.</summary>
public sealed class AckTimeoutException : TimeoutException
{
    /// <summary>Makes an exception with the reference's message.</summary>
    public AckTimeoutException()
        : base("operation has timed out")
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">The message.</param>
    public AckTimeoutException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public AckTimeoutException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
