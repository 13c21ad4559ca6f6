using SocketIO.Json;

namespace SocketIO.Events;

/// <summary>One parameter of a handler, resolved when the handler is registered.</summary>
/// <typeparam name="T">Its type.</typeparam>
internal readonly struct Parameter<T>(PayloadSerializer serializer)
{
    private readonly ValueReader<T>? _reader = IsSpecial ? null : serializer.GetReader<T>();

    private static bool IsSpecial =>
        typeof(T) == typeof(Ack) || typeof(T) == typeof(EventArguments) || typeof(EventSource).IsAssignableFrom(typeof(T));

    internal T? Read(ref ArgumentReader reader, in EventInvocation invocation) =>
        _reader is null ? ReadSpecial(invocation) : reader.Read(_reader);

    private static T? ReadSpecial(in EventInvocation invocation)
    {
        // What a handler is given must outlive the buffer that the event came in.
        if (typeof(T) == typeof(EventArguments)) return (T)(object)invocation.Arguments.Detach();
        return typeof(T) == typeof(Ack) ? (T)(object)invocation.Ack : (T?)(object?)invocation.Source;
    }
}
