using SocketIO.Events;

namespace SocketIO;

/// <summary>Registering handlers that are synchronous or return a <see cref="Task"/>.</summary>
public static partial class EventSourceExtensions
{
    /// <summary>Calls a synchronous handler, of no parameters, for each such event.</summary>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable On(this EventSource source, string eventName, Action handler) =>
        source.Add(eventName, Listener.Of(handler), once: false);

    /// <summary>Calls a synchronous handler, of one parameter, for each such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable On<T1>(this EventSource source, string eventName, Action<T1> handler) =>
        source.Add(eventName, Listener.Of(source.Serializer, handler), once: false);

    /// <summary>Calls a synchronous handler, of two parameters, for each such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable On<T1, T2>(this EventSource source, string eventName, Action<T1, T2> handler) =>
        source.Add(eventName, Listener.Of(source.Serializer, handler), once: false);

    /// <summary>Calls a synchronous handler, of three parameters, for each such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable On<T1, T2, T3>(this EventSource source, string eventName, Action<T1, T2, T3> handler) =>
        source.Add(eventName, Listener.Of(source.Serializer, handler), once: false);

    /// <summary>Calls a synchronous handler, of four parameters, for each such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <typeparam name="T4">The type of the fourth parameter.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable On<T1, T2, T3, T4>(this EventSource source, string eventName, Action<T1, T2, T3, T4> handler) =>
        source.Add(eventName, Listener.Of(source.Serializer, handler), once: false);

    /// <summary>Calls a synchronous handler, of five parameters, for each such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <typeparam name="T4">The type of the fourth parameter.</typeparam>
    /// <typeparam name="T5">The type of the fifth parameter.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable On<T1, T2, T3, T4, T5>(this EventSource source, string eventName, Action<T1, T2, T3, T4, T5> handler) =>
        source.Add(eventName, Listener.Of(source.Serializer, handler), once: false);

    /// <summary>Calls a handler that returns a task, of no parameters, for each such event.</summary>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable On(this EventSource source, string eventName, Func<Task> handler) =>
        source.Add(eventName, new Listener(() => new ValueTask(handler()), handler), once: false);

    /// <summary>Calls a handler that returns a task, of one parameter, for each such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable On<T1>(this EventSource source, string eventName, Func<T1, Task> handler) =>
        source.Add(eventName, new Listener<T1>(source.Serializer, (a1) => new ValueTask(handler(a1)), handler), once: false);

    /// <summary>Calls a handler that returns a task, of two parameters, for each such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable On<T1, T2>(this EventSource source, string eventName, Func<T1, T2, Task> handler) =>
        source.Add(eventName, new Listener<T1, T2>(source.Serializer, (a1, a2) => new ValueTask(handler(a1, a2)), handler), once: false);

    /// <summary>Calls a handler that returns a task, of three parameters, for each such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable On<T1, T2, T3>(this EventSource source, string eventName, Func<T1, T2, T3, Task> handler) =>
        source.Add(
            eventName,
            new Listener<T1, T2, T3>(source.Serializer, (a1, a2, a3) => new ValueTask(handler(a1, a2, a3)), handler),
            once: false);

    /// <summary>Calls a handler that returns a task, of four parameters, for each such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <typeparam name="T4">The type of the fourth parameter.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable On<T1, T2, T3, T4>(this EventSource source, string eventName, Func<T1, T2, T3, T4, Task> handler) =>
        source.Add(
            eventName,
            new Listener<T1, T2, T3, T4>(source.Serializer, (a1, a2, a3, a4) => new ValueTask(handler(a1, a2, a3, a4)), handler),
            once: false);

    /// <summary>Calls a handler that returns a task, of five parameters, for each such event.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <typeparam name="T4">The type of the fourth parameter.</typeparam>
    /// <typeparam name="T5">The type of the fifth parameter.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable On<T1, T2, T3, T4, T5>(this EventSource source, string eventName, Func<T1, T2, T3, T4, T5, Task> handler) =>
        source.Add(
            eventName,
            new Listener<T1, T2, T3, T4, T5>(source.Serializer, (a1, a2, a3, a4, a5) => new ValueTask(handler(a1, a2, a3, a4, a5)), handler),
            once: false);
}
