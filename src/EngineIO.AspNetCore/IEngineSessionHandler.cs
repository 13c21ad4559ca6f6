namespace EngineIO.AspNetCore;

/// <summary>Receives what happens on one session. Messages come one at a time, in order; <see cref="OnClosed"/> may come while a message is being
/// handled.</summary>
public interface IEngineSessionHandler
{
    /// <summary>A message arrived.</summary>
    /// <param name="message">The message; its memory is valid until the returned task completes.</param>
    /// <returns>A task that completes when the session may go on reading.</returns>
    ValueTask OnMessageAsync(EngineMessage message);

    /// <summary>The messages that were read together (one POST, or one run of WebSocket frames) have all been given.</summary>
    void OnReadCompleted();

    /// <summary>The session has ended; raised once.</summary>
    /// <param name="reason">One of <see cref="CloseReasons"/>.</param>
    /// <param name="error">The fault behind it, where there is one.</param>
    void OnClosed(string reason, Exception? error);
}
