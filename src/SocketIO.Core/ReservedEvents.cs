namespace SocketIO;

/// <summary>The event names that mean something else and are neither emitted nor accepted from the wire.</summary>
public static class ReservedEvents
{
    /// <summary>Whether a name is reserved.</summary>
    /// <param name="eventName">The name.</param>
    public static bool Contains(string eventName) =>
        eventName is "connect" or "connect_error" or "disconnect" or "disconnecting" or "newListener" or "removeListener";

    /// <summary>Whether a name is reserved.</summary>
    /// <param name="eventName">The name, UTF-8.</param>
    public static bool Contains(ReadOnlySpan<byte> eventName) => eventName.Length switch
    {
        7 => eventName.SequenceEqual("connect"u8),
        10 => eventName.SequenceEqual("disconnect"u8),
        11 => eventName.SequenceEqual("newListener"u8),
        13 => eventName.SequenceEqual("connect_error"u8) || eventName.SequenceEqual("disconnecting"u8),
        14 => eventName.SequenceEqual("removeListener"u8),
        _ => false,
    };

    /// <summary>Refuses to emit a reserved event.</summary>
    /// <param name="eventName">The name.</param>
    /// <exception cref="ArgumentException"><c>"connect" is a reserved event name</c>, and so on.</exception>
    public static void ThrowIfReserved(string eventName)
    {
        if (Contains(eventName)) throw new ArgumentException($"\"{eventName}\" is a reserved event name");
    }
}
