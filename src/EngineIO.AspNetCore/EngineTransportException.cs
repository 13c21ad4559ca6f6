namespace EngineIO.AspNetCore;

/// <summary>A fault of a session's transport, such as "overlap from client"; the details of a <see cref="CloseReasons.TransportError"/>.</summary>
public sealed class EngineTransportException : Exception
{
    /// <summary>Makes an exception.</summary>
    public EngineTransportException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">The fault, in the reference's words.</param>
    public EngineTransportException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">The fault, in the reference's words.</param>
    /// <param name="innerException">The cause.</param>
    public EngineTransportException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
