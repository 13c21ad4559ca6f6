namespace SocketIO.AspNetCore;

/// <summary>How the state of a client is recovered after a short disconnection (<c>connectionStateRecovery</c>): its id, its rooms, its data, and the packets that it missed.</summary>
/// <remarks>Source: https://socket.io/docs/v4/connection-state-recovery.</remarks>
public sealed class ConnectionStateRecoveryOptions
{
    /// <summary>For how long after a disconnection a session can be restored (<c>maxDisconnectionDuration</c>). Default: two minutes. Packets are kept for so long, and for the
    /// time in which a lost connection is not noticed.</summary>
    public TimeSpan MaxDisconnectionDuration { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether the middlewares of the namespace are skipped for a restored session (<c>skipMiddlewares</c>). Default: true.</summary>
    public bool SkipMiddlewares { get; set; } = true;

    /// <summary>The most bytes of packets that the in-memory adapter of a namespace stores; the oldest go first, and clients that missed one of them get a new session.
    /// Default: 64 MiB.</summary>
    public long MaxStoredBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>The most disconnected sessions that the in-memory adapter of a namespace stores; the oldest go first. Default: 100,000.</summary>
    public int MaxStoredSessions { get; set; } = 100_000;

    /// <summary>Decides about each recovery. False, or an exception, refuses it: the client gets a new session, and the middlewares run. Default: null, all are allowed.</summary>
    public Func<RecoveryContext, ValueTask<bool>>? Authorize { get; set; }
}
