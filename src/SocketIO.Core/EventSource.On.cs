using SocketIO.Events;

namespace SocketIO;

public abstract partial class EventSource
{
    /// <summary>Calls a handler of no parameters for each such event.</summary>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable On(string eventName, Func<ValueTask> handler) =>
        Add(eventName, new Listener(handler), once: false);

    /// <summary>Calls a handler of one parameter for each such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable On<T1>(string eventName, Func<T1, ValueTask> handler) =>
        Add(eventName, new Listener<T1>(Serializer, handler), once: false);

    /// <summary>Calls a handler of two parameters for each such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable On<T1, T2>(string eventName, Func<T1, T2, ValueTask> handler) =>
        Add(eventName, new Listener<T1, T2>(Serializer, handler), once: false);

    /// <summary>Calls a handler of three parameters for each such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable On<T1, T2, T3>(string eventName, Func<T1, T2, T3, ValueTask> handler) =>
        Add(eventName, new Listener<T1, T2, T3>(Serializer, handler), once: false);

    /// <summary>Calls a handler of four parameters for each such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <typeparam name="T4">The type of the fourth parameter.</typeparam>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable On<T1, T2, T3, T4>(string eventName, Func<T1, T2, T3, T4, ValueTask> handler) =>
        Add(eventName, new Listener<T1, T2, T3, T4>(Serializer, handler), once: false);

    /// <summary>Calls a handler of five parameters for each such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <typeparam name="T4">The type of the fourth parameter.</typeparam>
    /// <typeparam name="T5">The type of the fifth parameter.</typeparam>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable On<T1, T2, T3, T4, T5>(string eventName, Func<T1, T2, T3, T4, T5, ValueTask> handler) =>
        Add(eventName, new Listener<T1, T2, T3, T4, T5>(Serializer, handler), once: false);
}
