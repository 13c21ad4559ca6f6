namespace EngineIO.AspNetCore;

/// <summary>What happens to a message for a session whose send queue is full.</summary>
public enum SendQueueFullPolicy
{
    /// <summary><see cref="EngineSession.SendAsync(EngineFrame, bool, CancellationToken)"/> waits for room. A message that cannot wait
    /// (<see cref="EngineSession.Post"/>, used by broadcasts) closes the session instead.</summary>
    Wait,

    /// <summary>The oldest queued messages give way.</summary>
    DropOldest,

    /// <summary>The new message is dropped.</summary>
    DropNewest,

    /// <summary>The session is closed with <see cref="CloseReasons.TransportError"/>.</summary>
    Disconnect,
}
