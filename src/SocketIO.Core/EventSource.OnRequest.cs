using SocketIO.Events;

namespace SocketIO;

public abstract partial class EventSource
{
    /// <summary>Answers each such event with what a handler of no parameters returns.</summary>
    /// <typeparam name="TResult">The type of the answer.</typeparam>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnRequest<TResult>(string eventName, Func<ValueTask<TResult>> handler) =>
        Add(eventName, new RequestListener<TResult>(handler), once: false);

    /// <summary>Answers each such event with what a handler of one parameter returns.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="TResult">The type of the answer.</typeparam>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnRequest<T1, TResult>(string eventName, Func<T1, ValueTask<TResult>> handler) =>
        Add(eventName, new RequestListener<T1, TResult>(Serializer, handler), once: false);

    /// <summary>Answers each such event with what a handler of two parameters returns.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="TResult">The type of the answer.</typeparam>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnRequest<T1, T2, TResult>(string eventName, Func<T1, T2, ValueTask<TResult>> handler) =>
        Add(eventName, new RequestListener<T1, T2, TResult>(Serializer, handler), once: false);

    /// <summary>Answers each such event with what a handler of three parameters returns.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <typeparam name="TResult">The type of the answer.</typeparam>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnRequest<T1, T2, T3, TResult>(string eventName, Func<T1, T2, T3, ValueTask<TResult>> handler) =>
        Add(eventName, new RequestListener<T1, T2, T3, TResult>(Serializer, handler), once: false);

    /// <summary>Answers each such event with what a handler of four parameters returns.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <typeparam name="T4">The type of the fourth parameter.</typeparam>
    /// <typeparam name="TResult">The type of the answer.</typeparam>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnRequest<T1, T2, T3, T4, TResult>(string eventName, Func<T1, T2, T3, T4, ValueTask<TResult>> handler) =>
        Add(eventName, new RequestListener<T1, T2, T3, T4, TResult>(Serializer, handler), once: false);

    /// <summary>Answers each such event with what a handler of five parameters returns.</summary>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="T3">The type of the third parameter.</typeparam>
    /// <typeparam name="T4">The type of the fourth parameter.</typeparam>
    /// <typeparam name="T5">The type of the fifth parameter.</typeparam>
    /// <typeparam name="TResult">The type of the answer.</typeparam>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="handler">The handler; see <see cref="EventSource"/> for the types it may take.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnRequest<T1, T2, T3, T4, T5, TResult>(string eventName, Func<T1, T2, T3, T4, T5, ValueTask<TResult>> handler) =>
        Add(eventName, new RequestListener<T1, T2, T3, T4, T5, TResult>(Serializer, handler), once: false);
}
