using SocketIO.Events;

namespace SocketIO;

public static partial class EventSourceExtensions
{
    /// <summary>Calls a synchronous handler, of no parameters, once, for the next such event.</summary>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable Once(this EventSource source, string eventName, Action handler) =>
        source.Add(eventName, Listener.Of(handler), once: true);

    /// <summary>Calls a synchronous handler, of one parameter, once, for the next such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable Once<T1>(this EventSource source, string eventName, Action<T1> handler) =>
        source.Add(eventName, Listener.Of(source.Serializer, handler), once: true);

    /// <summary>Calls a synchronous handler, of two parameters, once, for the next such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable Once<T1, T2>(this EventSource source, string eventName, Action<T1, T2> handler) =>
        source.Add(eventName, Listener.Of(source.Serializer, handler), once: true);

    /// <summary>Calls a synchronous handler, of three parameters, once, for the next such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable Once<T1, T2, T3>(this EventSource source, string eventName, Action<T1, T2, T3> handler) =>
        source.Add(eventName, Listener.Of(source.Serializer, handler), once: true);

    /// <summary>Calls a synchronous handler, of four parameters, once, for the next such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <typeparam name="T4">The type of the fourth parameter.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable Once<T1, T2, T3, T4>(this EventSource source, string eventName, Action<T1, T2, T3, T4> handler) =>
        source.Add(eventName, Listener.Of(source.Serializer, handler), once: true);

    /// <summary>Calls a synchronous handler, of five parameters, once, for the next such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <typeparam name="T4">The type of the fourth parameter.</typeparam>
    /// <typeparam name="T5">The type of the fifth parameter.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable Once<T1, T2, T3, T4, T5>(this EventSource source, string eventName, Action<T1, T2, T3, T4, T5> handler) =>
        source.Add(eventName, Listener.Of(source.Serializer, handler), once: true);

    /// <summary>Calls a handler that returns a task, of no parameters, once, for the next such event.</summary>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable Once(this EventSource source, string eventName, Func<Task> handler) =>
        source.Add(eventName, new Listener(() => new ValueTask(handler()), handler), once: true);

    /// <summary>Calls a handler that returns a task, of one parameter, once, for the next such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable Once<T1>(this EventSource source, string eventName, Func<T1, Task> handler) =>
        source.Add(eventName, new Listener<T1>(source.Serializer, (a1) => new ValueTask(handler(a1)), handler), once: true);

    /// <summary>Calls a handler that returns a task, of two parameters, once, for the next such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable Once<T1, T2>(this EventSource source, string eventName, Func<T1, T2, Task> handler) =>
        source.Add(eventName, new Listener<T1, T2>(source.Serializer, (a1, a2) => new ValueTask(handler(a1, a2)), handler), once: true);

    /// <summary>Calls a handler that returns a task, of three parameters, once, for the next such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable Once<T1, T2, T3>(this EventSource source, string eventName, Func<T1, T2, T3, Task> handler) =>
        source.Add(
            eventName,
            new Listener<T1, T2, T3>(source.Serializer, (a1, a2, a3) => new ValueTask(handler(a1, a2, a3)), handler),
            once: true);

    /// <summary>Calls a handler that returns a task, of four parameters, once, for the next such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <typeparam name="T4">The type of the fourth parameter.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable Once<T1, T2, T3, T4>(this EventSource source, string eventName, Func<T1, T2, T3, T4, Task> handler) =>
        source.Add(
            eventName,
            new Listener<T1, T2, T3, T4>(source.Serializer, (a1, a2, a3, a4) => new ValueTask(handler(a1, a2, a3, a4)), handler),
            once: true);

    /// <summary>Calls a handler that returns a task, of five parameters, once, for the next such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <typeparam name="T4">The type of the fourth parameter.</typeparam>
    /// <typeparam name="T5">The type of the fifth parameter.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable Once<T1, T2, T3, T4, T5>(this EventSource source, string eventName, Func<T1, T2, T3, T4, T5, Task> handler) =>
        source.Add(
            eventName,
            new Listener<T1, T2, T3, T4, T5>(source.Serializer, (a1, a2, a3, a4, a5) => new ValueTask(handler(a1, a2, a3, a4, a5)), handler),
            once: true);
}
