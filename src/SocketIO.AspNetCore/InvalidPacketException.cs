namespace SocketIO.AspNetCore;

/// <summary>A client sent what is no Socket.IO packet; its connection is being closed. The message tells no content.</summary>
public sealed class InvalidPacketException : Exception
{
    /// <summary>Makes an exception.</summary>
    public InvalidPacketException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What is wrong with the packet.</param>
    public InvalidPacketException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What is wrong with the packet.</param>
    /// <param name="innerException">The cause.</param>
    public InvalidPacketException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
