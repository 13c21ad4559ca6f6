namespace SocketIO.AspNetCore;

/// <summary>What became of a client's wish to have its state recovered.</summary>
public enum RecoveryOutcome
{
    /// <summary>The client asked for nothing, or the server recovers nothing.</summary>
    NotRequested,

    /// <summary>The socket has its former id, rooms and data, and the client gets what it missed.</summary>
    Recovered,

    /// <summary>There is no such session: it was never, was left for good, has been restored already, or was forgotten some time after it had expired.</summary>
    SessionUnknown,

    /// <summary>The client was away for longer than <see cref="ConnectionStateRecoveryOptions.MaxDisconnectionDuration"/>.</summary>
    SessionExpired,

    /// <summary>The packets that the client missed are not all stored any more, or its offset was never given out.</summary>
    OffsetExpired,

    /// <summary><see cref="ConnectionStateRecoveryOptions.Authorize"/> said no.</summary>
    Refused,

    /// <summary>The adapter failed; the exception is in the log.</summary>
    Failed,
}
