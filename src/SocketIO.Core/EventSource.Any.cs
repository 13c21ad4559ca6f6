using SocketIO.Events;

namespace SocketIO;

public abstract partial class EventSource
{
    /// <summary>The catch-all handlers of received events, in the order in which they are called.</summary>
    public IReadOnlyList<Delegate> AnyHandlers => Listeners?.Any?.Handlers ?? [];

    /// <summary>The catch-all handlers of sent events, in the order in which they are called.</summary>
    public IReadOnlyList<Delegate> AnyOutgoingHandlers => Listeners?.AnyOutgoing?.Handlers ?? [];

    /// <summary>Calls a handler for every received event, before the handlers of the event.</summary>
    /// <param name="handler">The handler; its arguments are in memory of their own.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnAny(Func<EventArguments, ValueTask> handler) =>
        Table.AddAny(new Listener<EventArguments>(Serializer, handler), prepend: false);

    /// <summary>Calls a handler for every received event, before the handlers of the event.</summary>
    /// <param name="handler">The handler; its arguments are in memory of their own.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnAny(Func<EventArguments, Ack, ValueTask> handler) =>
        Table.AddAny(new Listener<EventArguments, Ack>(Serializer, handler), prepend: false);

    /// <summary>Calls a handler for every received event, before the handlers of the event and before the other catch-all
    /// handlers.</summary>
    /// <param name="handler">The handler; its arguments are in memory of their own.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable PrependAny(Func<EventArguments, ValueTask> handler) =>
        Table.AddAny(new Listener<EventArguments>(Serializer, handler), prepend: true);

    /// <summary>Calls a handler for every received event, before the handlers of the event and before the other catch-all
    /// handlers.</summary>
    /// <param name="handler">The handler; its arguments are in memory of their own.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable PrependAny(Func<EventArguments, Ack, ValueTask> handler) =>
        Table.AddAny(new Listener<EventArguments, Ack>(Serializer, handler), prepend: true);

    /// <summary>Removes all catch-all handlers of received events.</summary>
    public void OffAny() => Listeners?.ClearAny();

    /// <summary>Removes a catch-all handler of received events.</summary>
    /// <param name="handler">The delegate that was registered.</param>
    /// <returns>Whether there was such a handler.</returns>
    public bool OffAny(Delegate handler) => Listeners?.RemoveAny(handler) ?? false;

    /// <summary>Calls a handler for every event that is sent. It runs on the sender's thread, before the event is written.</summary>
    /// <param name="handler">The handler; its arguments are in memory of their own.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnAnyOutgoing(Action<EventArguments> handler) =>
        Table.AddAnyOutgoing(Listener.Of(Serializer, handler), prepend: false);

    /// <summary>Calls a handler for every event that is sent, before the other catch-all handlers. It runs on the sender's thread, before
    /// the event is written.</summary>
    /// <param name="handler">The handler; its arguments are in memory of their own.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable PrependAnyOutgoing(Action<EventArguments> handler) =>
        Table.AddAnyOutgoing(Listener.Of(Serializer, handler), prepend: true);

    /// <summary>Removes all catch-all handlers of sent events.</summary>
    public void OffAnyOutgoing() => Listeners?.ClearAnyOutgoing();

    /// <summary>Removes a catch-all handler of sent events.</summary>
    /// <param name="handler">The delegate that was registered.</param>
    /// <returns>Whether there was such a handler.</returns>
    public bool OffAnyOutgoing(Delegate handler) => Listeners?.RemoveAnyOutgoing(handler) ?? false;

    internal IDisposable AddAny(EventListener listener, bool prepend) => Table.AddAny(listener, prepend);
}
