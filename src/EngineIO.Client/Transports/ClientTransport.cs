using EngineIO.Client.Sending;
using Microsoft.Extensions.Logging;

namespace EngineIO.Client.Transports;

/// <summary>One way to the server. It tells the session what comes by <see cref="EngineClient"/>'s <c>OnTransport…</c> methods, never on the stack of one of its own.</summary>
internal abstract partial class ClientTransport
{
    public abstract string Name { get; }

    /// <summary>Whether a batch is one payload, whose size the server limits.</summary>
    public abstract bool WritesPayloads { get; }

    /// <summary>Completes, and does not fail, when nothing of it is left: no loop, no request, no connection.</summary>
    public abstract Task Completion { get; }

    /// <summary>Starts; once.</summary>
    public abstract void Open();

    /// <summary>The handshake has given the session its id.</summary>
    public virtual void OnSession(string sid)
    {
    }

    /// <summary>Writes a batch; one at a time.</summary>
    /// <exception cref="EngineClientException">It could not be written.</exception>
    public abstract ValueTask WriteAsync(List<OutgoingPacket> batch);

    /// <summary>Stops reading and writing when what runs is complete.</summary>
    /// <param name="onPaused">Called then; not where the transport fails or is closed before.</param>
    public abstract void Pause(Action onPaused);

    /// <summary>Goes on after a pause.</summary>
    public abstract void Resume();

    /// <summary>Lets go of a paused transport, whose session goes on elsewhere.</summary>
    public abstract void Retire();

    /// <summary>Says goodbye in the background, as long as the options allow, and lets go of everything. Idempotent; reports nothing any more.</summary>
    public abstract void Close();

    [LoggerMessage(1, LogLevel.Debug, "transport is not open, discarding packets")]
    protected static partial void LogDiscarding(ILogger logger);
}
