using SocketIO.Events;

namespace SocketIO;

public static partial class EventSourceExtensions
{
    /// <summary>Calls a synchronous handler for every received event, before the handlers of the event.</summary>
    /// <param name="source">The socket.</param>
    /// <param name="handler">The handler; its arguments are in memory of their own.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnAny(this EventSource source, Action<EventArguments> handler) =>
        source.AddAny(Listener.Of(source.Serializer, handler), prepend: false);

    /// <summary>Calls a synchronous handler for every received event, before the handlers of the event.</summary>
    /// <param name="source">The socket.</param>
    /// <param name="handler">The handler; its arguments are in memory of their own.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnAny(this EventSource source, Action<EventArguments, Ack> handler) =>
        source.AddAny(Listener.Of(source.Serializer, handler), prepend: false);

    /// <summary>Calls a handler that returns a task for every received event, before the handlers of the event.</summary>
    /// <param name="source">The socket.</param>
    /// <param name="handler">The handler; its arguments are in memory of their own.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnAny(this EventSource source, Func<EventArguments, Task> handler) =>
        source.AddAny(new Listener<EventArguments>(source.Serializer, (a1) => new ValueTask(handler(a1)), handler), prepend: false);

    /// <summary>Calls a handler that returns a task for every received event, before the handlers of the event.</summary>
    /// <param name="source">The socket.</param>
    /// <param name="handler">The handler; its arguments are in memory of their own.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnAny(this EventSource source, Func<EventArguments, Ack, Task> handler) =>
        source.AddAny(
            new Listener<EventArguments, Ack>(source.Serializer, (a1, a2) => new ValueTask(handler(a1, a2)), handler),
            prepend: false);

    /// <summary>Calls a synchronous handler for every received event, before the handlers of the event and before the other catch-all
    /// handlers.</summary>
    /// <param name="source">The socket.</param>
    /// <param name="handler">The handler; its arguments are in memory of their own.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable PrependAny(this EventSource source, Action<EventArguments> handler) =>
        source.AddAny(Listener.Of(source.Serializer, handler), prepend: true);

    /// <summary>Calls a synchronous handler for every received event, before the handlers of the event and before the other catch-all
    /// handlers.</summary>
    /// <param name="source">The socket.</param>
    /// <param name="handler">The handler; its arguments are in memory of their own.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable PrependAny(this EventSource source, Action<EventArguments, Ack> handler) =>
        source.AddAny(Listener.Of(source.Serializer, handler), prepend: true);

    /// <summary>Calls a handler that returns a task for every received event, before the handlers of the event and before the other
    /// catch-all handlers.</summary>
    /// <param name="source">The socket.</param>
    /// <param name="handler">The handler; its arguments are in memory of their own.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable PrependAny(this EventSource source, Func<EventArguments, Task> handler) =>
        source.AddAny(new Listener<EventArguments>(source.Serializer, (a1) => new ValueTask(handler(a1)), handler), prepend: true);

    /// <summary>Calls a handler that returns a task for every received event, before the handlers of the event and before the other
    /// catch-all handlers.</summary>
    /// <param name="source">The socket.</param>
    /// <param name="handler">The handler; its arguments are in memory of their own.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable PrependAny(this EventSource source, Func<EventArguments, Ack, Task> handler) =>
        source.AddAny(
            new Listener<EventArguments, Ack>(source.Serializer, (a1, a2) => new ValueTask(handler(a1, a2)), handler),
            prepend: true);
}
