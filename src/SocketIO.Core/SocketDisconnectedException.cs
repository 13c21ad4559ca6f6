namespace SocketIO;

/// <summary>The socket was disconnected before an emitted event was acknowledged.</summary>
public sealed class SocketDisconnectedException : Exception
{
    /// <summary>Makes an exception.</summary>
    public SocketDisconnectedException()
        : base("socket has been disconnected")
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="reason">Why the socket was disconnected: "transport close" …</param>
    public SocketDisconnectedException(string reason)
        : base($"socket has been disconnected: {reason}") => Reason = reason;

    /// <summary>Makes an exception.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public SocketDisconnectedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Why the socket was disconnected; null where it is not known.</summary>
    public string? Reason { get; }
}
