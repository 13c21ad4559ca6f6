namespace SocketIO;

/// <summary>What an event can be sent through whose one receiver acknowledges it. The methods to call are in
/// <see cref="AckEmitterExtensions"/>.</summary>
public interface IAckEmitter : IEventEmitter
{
    /// <summary>Sends an event and waits for its acknowledgement.</summary>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="arguments">Its arguments, serialised before the method returns.</param>
    /// <param name="cancellationToken">Ends the wait; an acknowledgement that comes later is ignored.</param>
    /// <returns>The arguments of the acknowledgement, in memory of their own.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    Task<EventArguments> EmitArgumentsWithAckAsync(
        string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default);
}
