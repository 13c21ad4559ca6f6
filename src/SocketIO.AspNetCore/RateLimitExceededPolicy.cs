namespace SocketIO.AspNetCore;

/// <summary>What happens to an event that a rate limiter refuses. In each case no handler sees it, and <see cref="ServerSocket.OnError"/> is raised with a
/// <see cref="RateLimitExceededException"/>.</summary>
public enum RateLimitExceededPolicy
{
    /// <summary>It is dropped; an acknowledgement that the client awaits does not come.</summary>
    Drop,

    /// <summary>It is dropped, and an acknowledgement that the client awaits is sent with one argument:
    /// <c>{ error: "Too many events", retryAfter?: milliseconds }</c>.</summary>
    Acknowledge,

    /// <summary>The socket is disconnected with the reason <see cref="DisconnectReasons.ServerNamespaceDisconnect"/>.</summary>
    Disconnect,
}
