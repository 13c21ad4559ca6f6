namespace SocketIO;

/// <summary>What events can be sent through: a socket, a room, a namespace. The methods to call are in
/// <see cref="EventEmitterExtensions"/>.</summary>
public interface IEventEmitter
{
    /// <summary>Sends an event.</summary>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="arguments">Its arguments, serialised before the method returns. Byte arrays are referenced until they are
    /// written.</param>
    /// <param name="cancellationToken">Ends the wait for room in an outgoing queue.</param>
    /// <returns>A task that completes once the event is accepted for sending.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    ValueTask EmitArgumentsAsync(string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default);
}
