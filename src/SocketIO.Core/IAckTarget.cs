namespace SocketIO;

/// <summary>What an <see cref="Ack"/> is sent through: a socket.</summary>
public interface IAckTarget
{
    /// <summary>Sends an acknowledgement. Where the connection is gone it is dropped silently.</summary>
    /// <param name="id">The id that came with the event.</param>
    /// <param name="arguments">The arguments; they must be serialised before the method returns, and only a failure to do so is
    /// thrown.</param>
    /// <param name="cancellationToken">Ends the wait for room in an outgoing queue.</param>
    /// <returns>A task that completes once the acknowledgement is accepted for sending.</returns>
    ValueTask SendAckAsync(long id, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default);
}
