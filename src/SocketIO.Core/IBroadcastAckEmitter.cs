namespace SocketIO;

/// <summary>What an event can be sent through whose many receivers acknowledge it: rooms, the other servers of a cluster. The methods to call are in
/// <see cref="BroadcastAckEmitterExtensions"/>.</summary>
public interface IBroadcastAckEmitter : IEventEmitter
{
    /// <summary>Sends an event and waits for the acknowledgements of all that it reaches.</summary>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="arguments">Its arguments, serialised before the method returns.</param>
    /// <param name="cancellationToken">Ends the wait; acknowledgements that come later are ignored.</param>
    /// <returns>The acknowledgements, in the order of their arrival; only the first argument of each.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="BroadcastTimeoutException">Not all acknowledged it in time; the exception has the acknowledgements that came.</exception>
    Task<IReadOnlyList<EventArguments>> EmitArgumentsWithAcksAsync(
        string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default);
}
