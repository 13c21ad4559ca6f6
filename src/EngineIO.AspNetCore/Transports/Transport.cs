using EngineIO.AspNetCore.Sending;

namespace EngineIO.AspNetCore.Transports;

/// <summary>One way to carry a session's packets. What it reads it gives to the session; the session writes one batch at a time.</summary>
internal abstract class Transport(EngineSession session, bool supportsBinary)
{
    public abstract string Name { get; }

    /// <summary>Whether a batch may be written now. The session's lock guards it.</summary>
    public abstract bool IsWritable { get; }

    /// <summary>Whether writes wait until the messages that were read together have been handled, to leave as one.</summary>
    public abstract bool GathersWrites { get; }

    protected EngineSession Session { get; } = session;

    protected EngineCodec Codec { get; } = EngineCodec.For(session.Revision);

    protected bool SupportsBinary { get; } = supportsBinary;

    /// <summary>The session's first transport: it is open.</summary>
    public virtual void OnOpened()
    {
    }

    /// <summary>Writes a batch; completes when the bytes are handed over.</summary>
    /// <returns>False where they were not, and the session knows already.</returns>
    public abstract ValueTask<bool> WriteAsync(List<OutgoingPacket> batch);

    /// <summary>Closes in order: the peer is told. Idempotent; does not throw.</summary>
    public abstract void Close();
}
