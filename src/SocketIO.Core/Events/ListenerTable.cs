namespace SocketIO.Events;

/// <summary>Handlers by event. Thread-safe: reading takes no lock and makes no string; every change makes a new copy.</summary>
public sealed class ListenerTable
{
    private ListenerMap _events = ListenerMap.Empty;
    private ListenerGroup? _any;
    private ListenerGroup? _anyOutgoing;

    /// <summary>The catch-all handlers of received events; null for none.</summary>
    public ListenerGroup? Any => Volatile.Read(ref _any);

    /// <summary>The catch-all handlers of sent events; null for none.</summary>
    public ListenerGroup? AnyOutgoing => Volatile.Read(ref _anyOutgoing);

    /// <summary>The events that have handlers, in the order in which they were first registered.</summary>
    public IReadOnlyList<string> EventNames => Array.ConvertAll(Volatile.Read(ref _events).Groups, g => g.Name);

    /// <summary>The handlers of an event; null for none.</summary>
    /// <param name="eventName">The name.</param>
    public ListenerGroup? Find(string eventName) => Volatile.Read(ref _events).Find(ListenerName.Of(eventName));

    /// <summary>The handlers of an event; null for none.</summary>
    /// <param name="utf8EventName">The name, UTF-8.</param>
    public ListenerGroup? Find(ReadOnlySpan<byte> utf8EventName) => Volatile.Read(ref _events).Find(utf8EventName);

    /// <summary>The handlers of an event; null for none.</summary>
    /// <param name="arguments">The event.</param>
    public ListenerGroup? Find(in EventArguments arguments) => Find(arguments.Utf8Name);

    /// <summary>Adds a listener of one event.</summary>
    /// <param name="eventName">The event.</param>
    /// <param name="listener">The listener.</param>
    /// <param name="once">Whether it is removed when it is called.</param>
    /// <returns>A subscription; disposing it removes the listener.</returns>
    public IDisposable Add(string eventName, EventListener listener, bool once = false)
    {
        var registration = new ListenerRegistration(this, ListenerList.Event, ListenerName.Of(eventName), listener, once);
        ListenerMap before;
        do before = Volatile.Read(ref _events);
        while (Interlocked.CompareExchange(ref _events, before.With(registration), before) != before);
        return registration;
    }

    /// <summary>Adds a catch-all listener of received events.</summary>
    /// <param name="listener">The listener.</param>
    /// <param name="prepend">Whether it is called before those that are there.</param>
    /// <returns>A subscription; disposing it removes the listener.</returns>
    public IDisposable AddAny(EventListener listener, bool prepend = false) => Add(ref _any, ListenerList.Any, listener, prepend);

    /// <summary>Adds a catch-all listener of sent events.</summary>
    /// <param name="listener">The listener.</param>
    /// <param name="prepend">Whether it is called before those that are there.</param>
    /// <returns>A subscription; disposing it removes the listener.</returns>
    public IDisposable AddAnyOutgoing(EventListener listener, bool prepend = false) =>
        Add(ref _anyOutgoing, ListenerList.AnyOutgoing, listener, prepend);

    /// <summary>Removes the listeners of all events; catch-all listeners stay.</summary>
    public void Clear() => Volatile.Write(ref _events, ListenerMap.Empty);

    /// <summary>Removes all catch-all listeners of received events.</summary>
    public void ClearAny() => Volatile.Write(ref _any, null);

    /// <summary>Removes all catch-all listeners of sent events.</summary>
    public void ClearAnyOutgoing() => Volatile.Write(ref _anyOutgoing, null);

    /// <summary>Removes all listeners of an event.</summary>
    /// <param name="eventName">The event.</param>
    public void Remove(string eventName)
    {
        var name = ListenerName.Of(eventName);
        Update(map => map.Find(name) is { } group ? map.Without(group) : map);
    }

    /// <summary>Removes one listener of an event: the last of those that have this handler.</summary>
    /// <param name="eventName">The event.</param>
    /// <param name="handler">The delegate that was registered.</param>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string eventName, Delegate handler) => Remove(Find(eventName), handler);

    /// <summary>Removes one catch-all listener of received events.</summary>
    /// <param name="handler">The delegate that was registered.</param>
    /// <returns>Whether there was one.</returns>
    public bool RemoveAny(Delegate handler) => Remove(Any, handler);

    /// <summary>Removes one catch-all listener of sent events.</summary>
    /// <param name="handler">The delegate that was registered.</param>
    /// <returns>Whether there was one.</returns>
    public bool RemoveAnyOutgoing(Delegate handler) => Remove(AnyOutgoing, handler);

    internal void CopyTo(ListenerTable other)
    {
        foreach (var group in Volatile.Read(ref _events).Groups)
        {
            foreach (var registration in group.Registrations) other.Add(group.Name, registration.Listener, registration.Once);
        }

        foreach (var registration in Any?.Registrations ?? []) other.AddAny(registration.Listener);
        foreach (var registration in AnyOutgoing?.Registrations ?? []) other.AddAnyOutgoing(registration.Listener);
    }

    internal void Remove(ListenerRegistration registration)
    {
        switch (registration.List)
        {
            case ListenerList.Any:
                Remove(ref _any, registration);
                break;
            case ListenerList.AnyOutgoing:
                Remove(ref _anyOutgoing, registration);
                break;
            default:
                Update(map => map.Find(registration.Name) is not { } group ? map
                    : group.Without(registration) is { } rest ? ReferenceEquals(rest, group) ? map : map.With(rest)
                    : map.Without(group));
                break;
        }
    }

    private static void Remove(ref ListenerGroup? list, ListenerRegistration registration)
    {
        ListenerGroup? before;
        do before = Volatile.Read(ref list);
        while (before is not null && Interlocked.CompareExchange(ref list, before.Without(registration), before) != before);
    }

    private bool Remove(ListenerGroup? group, Delegate handler)
    {
        if (group?.FindLast(handler) is not { } registration) return false;
        Remove(registration);
        return true;
    }

    private ListenerRegistration Add(ref ListenerGroup? list, ListenerList kind, EventListener listener, bool prepend)
    {
        var registration = new ListenerRegistration(this, kind, ListenerName.Of(""), listener, once: false);
        var first = new ListenerGroup(registration);
        ListenerGroup? before, after;
        do
        {
            before = Volatile.Read(ref list);
            after = before is null ? first : prepend ? before.Prepend(registration) : before.Append(registration);
        }
        while (Interlocked.CompareExchange(ref list, after, before) != before);
        return registration;
    }

    private void Update(Func<ListenerMap, ListenerMap> change)
    {
        ListenerMap before;
        do before = Volatile.Read(ref _events);
        while (Interlocked.CompareExchange(ref _events, change(before), before) != before);
    }
}
