using SocketIO.Events;
using SocketIO.Json;

namespace SocketIO;

/// <summary>What handlers of events are registered on: a socket.</summary>
/// <remarks>
/// <para>The parameters of a handler are the arguments of the event, in order: a missing argument is the default value, surplus ones are
/// ignored, and where one can't be converted the handler is not called and the socket's <c>Error</c> is raised. Three types mean something
/// else: <see cref="Ack"/> is the acknowledgement, <see cref="EventArguments"/> are all the arguments, and a type derived from
/// <see cref="EventSource"/> is the socket that received the event.</para>
/// <para>All members are thread-safe.</para>
/// </remarks>
public abstract partial class EventSource
{
    private ListenerTable? _listeners;

    /// <summary>A source without handlers.</summary>
    /// <param name="serializer">What arguments are read with.</param>
    protected EventSource(PayloadSerializer serializer) => Serializer = serializer;

    /// <summary>What arguments are read with.</summary>
    protected internal PayloadSerializer Serializer { get; }

    /// <summary>The handlers; null before the first registration.</summary>
    protected internal ListenerTable? Listeners => Volatile.Read(ref _listeners);

    /// <summary>The events that have handlers, in the order in which they were first registered.</summary>
    public IReadOnlyList<string> EventNames => Listeners?.EventNames ?? [];

    private ListenerTable Table
    {
        get
        {
            if (Listeners is { } table) return table;
            Interlocked.CompareExchange(ref _listeners, new ListenerTable(), null);
            return _listeners;
        }
    }

    /// <summary>Registers a listener.</summary>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="listener">The listener.</param>
    /// <param name="once">Whether it is removed when it is called.</param>
    /// <returns>A subscription; disposing it removes the listener.</returns>
    public IDisposable Add(string eventName, EventListener listener, bool once = false) => Table.Add(eventName, listener, once);

    /// <summary>Removes all handlers of all events; catch-all handlers stay.</summary>
    public void Off() => Listeners?.Clear();

    /// <summary>Removes all handlers of an event.</summary>
    /// <param name="eventName">The name of the event.</param>
    public void Off(string eventName) => Listeners?.Remove(eventName);

    /// <summary>Removes one handler of an event: the one registered last, where it is registered several times.</summary>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The delegate that was registered.</param>
    /// <returns>Whether there was such a handler.</returns>
    public bool Off(string eventName, Delegate handler) => Listeners?.Remove(eventName, handler) ?? false;

    /// <summary>The handlers of an event, in the order in which they are called.</summary>
    /// <param name="eventName">The name of the event.</param>
    public IReadOnlyList<Delegate> GetHandlers(string eventName) => Listeners?.Find(eventName)?.Handlers ?? [];

    /// <summary>Adds the handlers that another source has at this moment.</summary>
    /// <param name="origin">The other source.</param>
    protected void CopyHandlers(EventSource origin) => origin.Listeners?.CopyTo(Table);
}
