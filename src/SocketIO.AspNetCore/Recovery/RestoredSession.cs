namespace SocketIO.AspNetCore.Recovery;

/// <summary>A session that an adapter has taken out of its store for one client. Used by one thread at a time.</summary>
/// <param name="session">The session.</param>
public abstract class RestoredSession(RecoverableSession session)
{
    /// <summary>The session.</summary>
    public RecoverableSession Session { get; } = session;

    /// <summary>Reads what the client missed. Called once, when the socket is in its rooms again: what is broadcast from then on is held back until the missed packets are
    /// written, and dropped where it was among them. So nothing is lost or doubled between the two.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The packets in their order. An exception makes the client get a new session.</returns>
    public abstract ValueTask<IReadOnlyList<MissedPacket>> ReadMissedAsync(CancellationToken cancellationToken = default);

    /// <summary>Puts the session back into the store: a middleware refused the client, or the client is gone already.</summary>
    public abstract ValueTask ReturnAsync();
}
