namespace SocketIO.AspNetCore;

/// <summary>Thrown by a namespace middleware to refuse a client: its <c>connect_error</c> handler gets the message and the data.</summary>
public sealed class ConnectionRefusedException : Exception
{
    /// <summary>Refuses a client.</summary>
    public ConnectionRefusedException()
        : this("Connection refused")
    {
    }

    /// <summary>Refuses a client.</summary>
    /// <param name="message">What the client is told.</param>
    public ConnectionRefusedException(string message)
        : this(message, details: null)
    {
    }

    /// <summary>Refuses a client.</summary>
    /// <param name="message">What the client is told.</param>
    /// <param name="innerException">The cause, which the client is not told.</param>
    public ConnectionRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Refuses a client.</summary>
    /// <param name="message">What the client is told.</param>
    /// <param name="details">More for the client, serialised as an argument is (<c>err.data</c>); null for nothing.</param>
    public ConnectionRefusedException(string message, object? details)
        : base(message) => Details = details;

    /// <summary>What the client gets as <c>err.data</c>; null for nothing.</summary>
    public object? Details { get; }
}
