namespace SocketIO.AspNetCore;

/// <summary>The auth payload of a client is not what the application reads it as (<see cref="Handshake.GetAuth{T}"/>). It is the client's fault: where it leaves a namespace
/// middleware, the client is refused, and nothing is reported.</summary>
public sealed class InvalidAuthException : Exception
{
    internal InvalidAuthException(Exception innerException)
        : base("Invalid auth payload", innerException)
    {
    }
}
