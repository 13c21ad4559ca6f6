using SocketIO.Json;

namespace SocketIO.Events;

/// <summary>Makes listeners of synchronous handlers.</summary>
internal sealed partial class Listener
{
    internal static EventListener Of(Action handler) => new Listener(
        () =>
        {
            handler();
            return default;
        },
        handler);

    internal static EventListener Of<T1>(PayloadSerializer serializer, Action<T1> handler) => new Listener<T1>(
        serializer,
        (a1) =>
        {
            handler(a1);
            return default;
        },
        handler);

    internal static EventListener Of<T1, T2>(PayloadSerializer serializer, Action<T1, T2> handler) => new Listener<T1, T2>(
        serializer,
        (a1, a2) =>
        {
            handler(a1, a2);
            return default;
        },
        handler);

    internal static EventListener Of<T1, T2, T3>(PayloadSerializer serializer, Action<T1, T2, T3> handler) => new Listener<T1, T2, T3>(
        serializer,
        (a1, a2, a3) =>
        {
            handler(a1, a2, a3);
            return default;
        },
        handler);

    internal static EventListener Of<T1, T2, T3, T4>(PayloadSerializer serializer, Action<T1, T2, T3, T4> handler) =>
        new Listener<T1, T2, T3, T4>(
        serializer,
        (a1, a2, a3, a4) =>
        {
            handler(a1, a2, a3, a4);
            return default;
        },
        handler);

    internal static EventListener Of<T1, T2, T3, T4, T5>(PayloadSerializer serializer, Action<T1, T2, T3, T4, T5> handler) =>
        new Listener<T1, T2, T3, T4, T5>(
        serializer,
        (a1, a2, a3, a4, a5) =>
        {
            handler(a1, a2, a3, a4, a5);
            return default;
        },
        handler);
}
