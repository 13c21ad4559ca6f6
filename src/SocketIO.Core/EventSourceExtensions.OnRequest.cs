using SocketIO.Events;

namespace SocketIO;

public static partial class EventSourceExtensions
{
    /// <summary>Answers each such event with what a synchronous handler, of no parameters, gives.</summary>
    /// <typeparam name="TResult">The type of the answer.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnRequest<TResult>(this EventSource source, string eventName, Func<TResult> handler) =>
        source.Add(eventName, new RequestListener<TResult>(() => new ValueTask<TResult>(handler()), handler), once: false);

    /// <summary>Answers each such event with what a synchronous handler, of one parameter, gives.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="TResult">The type of the answer.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnRequest<T1, TResult>(this EventSource source, string eventName, Func<T1, TResult> handler) =>
        source.Add(
            eventName,
            new RequestListener<T1, TResult>(source.Serializer, (a1) => new ValueTask<TResult>(handler(a1)), handler),
            once: false);

    /// <summary>Answers each such event with what a synchronous handler, of two parameters, gives.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="TResult">The type of the answer.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnRequest<T1, T2, TResult>(this EventSource source, string eventName, Func<T1, T2, TResult> handler) =>
        source.Add(
            eventName,
            new RequestListener<T1, T2, TResult>(source.Serializer, (a1, a2) => new ValueTask<TResult>(handler(a1, a2)), handler),
            once: false);

    /// <summary>Answers each such event with what a synchronous handler, of three parameters, gives.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <typeparam name="TResult">The type of the answer.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnRequest<T1, T2, T3, TResult>(
        this EventSource source, string eventName, Func<T1, T2, T3, TResult> handler) =>
        source.Add(
            eventName,
            new RequestListener<T1, T2, T3, TResult>(source.Serializer, (a1, a2, a3) => new ValueTask<TResult>(handler(a1, a2, a3)), handler),
            once: false);

    /// <summary>Answers each such event with what a synchronous handler, of four parameters, gives.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <typeparam name="T4">The type of the fourth parameter.</typeparam>
    /// <typeparam name="TResult">The type of the answer.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnRequest<T1, T2, T3, T4, TResult>(
        this EventSource source, string eventName, Func<T1, T2, T3, T4, TResult> handler) =>
        source.Add(
            eventName,
            new RequestListener<T1, T2, T3, T4, TResult>(source.Serializer, (a1, a2, a3, a4) => new ValueTask<TResult>(handler(a1, a2, a3, a4)), handler),
            once: false);

    /// <summary>Answers each such event with what a synchronous handler, of five parameters, gives.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <typeparam name="T4">The type of the fourth parameter.</typeparam>
    /// <typeparam name="T5">The type of the fifth parameter.</typeparam>
    /// <typeparam name="TResult">The type of the answer.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnRequest<T1, T2, T3, T4, T5, TResult>(
        this EventSource source, string eventName, Func<T1, T2, T3, T4, T5, TResult> handler) =>
        source.Add(
            eventName,
            new RequestListener<T1, T2, T3, T4, T5, TResult>(source.Serializer, (a1, a2, a3, a4, a5) => new ValueTask<TResult>(handler(a1, a2, a3, a4, a5)), handler),
            once: false);

    /// <summary>Answers each such event with what a handler's task, of no parameters, gives.</summary>
    /// <typeparam name="TResult">The type of the answer.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnRequest<TResult>(this EventSource source, string eventName, Func<Task<TResult>> handler) =>
        source.Add(eventName, new RequestListener<TResult>(() => new ValueTask<TResult>(handler()), handler), once: false);

    /// <summary>Answers each such event with what a handler's task, of one parameter, gives.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="TResult">The type of the answer.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnRequest<T1, TResult>(this EventSource source, string eventName, Func<T1, Task<TResult>> handler) =>
        source.Add(
            eventName,
            new RequestListener<T1, TResult>(source.Serializer, (a1) => new ValueTask<TResult>(handler(a1)), handler),
            once: false);

    /// <summary>Answers each such event with what a handler's task, of two parameters, gives.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="TResult">The type of the answer.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnRequest<T1, T2, TResult>(this EventSource source, string eventName, Func<T1, T2, Task<TResult>> handler) =>
        source.Add(
            eventName,
            new RequestListener<T1, T2, TResult>(source.Serializer, (a1, a2) => new ValueTask<TResult>(handler(a1, a2)), handler),
            once: false);

    /// <summary>Answers each such event with what a handler's task, of three parameters, gives.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <typeparam name="TResult">The type of the answer.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnRequest<T1, T2, T3, TResult>(
        this EventSource source, string eventName, Func<T1, T2, T3, Task<TResult>> handler) =>
        source.Add(
            eventName,
            new RequestListener<T1, T2, T3, TResult>(source.Serializer, (a1, a2, a3) => new ValueTask<TResult>(handler(a1, a2, a3)), handler),
            once: false);

    /// <summary>Answers each such event with what a handler's task, of four parameters, gives.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <typeparam name="T4">The type of the fourth parameter.</typeparam>
    /// <typeparam name="TResult">The type of the answer.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnRequest<T1, T2, T3, T4, TResult>(
        this EventSource source, string eventName, Func<T1, T2, T3, T4, Task<TResult>> handler) =>
        source.Add(
            eventName,
            new RequestListener<T1, T2, T3, T4, TResult>(source.Serializer, (a1, a2, a3, a4) => new ValueTask<TResult>(handler(a1, a2, a3, a4)), handler),
            once: false);

    /// <summary>Answers each such event with what a handler's task, of five parameters, gives.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <typeparam name="T4">The type of the fourth parameter.</typeparam>
    /// <typeparam name="T5">The type of the fifth parameter.</typeparam>
    /// <typeparam name="TResult">The type of the answer.</typeparam>
    /// <param name="source">The socket.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnRequest<T1, T2, T3, T4, T5, TResult>(
        this EventSource source, string eventName, Func<T1, T2, T3, T4, T5, Task<TResult>> handler) =>
        source.Add(
            eventName,
            new RequestListener<T1, T2, T3, T4, T5, TResult>(source.Serializer, (a1, a2, a3, a4, a5) => new ValueTask<TResult>(handler(a1, a2, a3, a4, a5)), handler),
            once: false);
}
