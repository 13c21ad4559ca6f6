namespace SocketIO.Events;

/// <summary>The lists of a <see cref="ListenerTable"/>.</summary>
internal enum ListenerList : byte
{
    /// <summary>Handlers of one event.</summary>
    Event,

    /// <summary>Catch-all handlers of received events.</summary>
    Any,

    /// <summary>Catch-all handlers of sent events.</summary>
    AnyOutgoing,
}
