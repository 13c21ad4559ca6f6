namespace EngineIO.Client;

/// <summary>What happens in a session. The calls come one at a time, on threads of the pool, never within a lock of the engine and never while <see cref="EngineClient.Open"/>,
/// <see cref="EngineClient.Close"/> or any other method of it is on the stack. Only <see cref="OnClosed"/> may come while a message is being handled. What the methods throw is logged.</summary>
public interface IEngineClientHandler
{
    /// <summary>The session is open: its handshake and id are set, what is sent now leaves. Upgrades begin afterwards.</summary>
    /// <param name="engine">The session.</param>
    void OnOpen(EngineClient engine);

    /// <summary>A message came. The next is read when the task completes, a ping no sooner: a handler that takes long holds up the heartbeat.</summary>
    /// <param name="engine">The session.</param>
    /// <param name="message">The message; its memory is used for something else when the task has completed.</param>
    ValueTask OnMessageAsync(EngineClient engine, EngineMessage message);

    /// <summary>A ping came, and its answer is queued. Revision 4 only: in revision 3 the client pings.</summary>
    /// <param name="engine">The session.</param>
    void OnPing(EngineClient engine);

    /// <summary>The session is over; raised exactly once, also for one that never opened.</summary>
    /// <param name="engine">The session.</param>
    /// <param name="reason">The reason, one of <see cref="EngineCloseReasons"/> or what <see cref="EngineClient.Abort"/> was given.</param>
    /// <param name="error">What happened, where there is more to say.</param>
    void OnClosed(EngineClient engine, string reason, EngineClientException? error);
}
