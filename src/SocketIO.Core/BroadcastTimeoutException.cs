namespace SocketIO;

/// <summary>Not all of those that an event was sent to have answered in time. The answers that came are in <see cref="Responses"/>.</summary>
public sealed class BroadcastTimeoutException : TimeoutException
{
    /// <summary>Makes an exception with the reference's message.</summary>
    /// <param name="responses">The answers that came.</param>
    public BroadcastTimeoutException(IReadOnlyList<EventArguments> responses)
        : this("operation has timed out", responses)
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">The message.</param>
    /// <param name="responses">The answers that came.</param>
    public BroadcastTimeoutException(string message, IReadOnlyList<EventArguments> responses)
        : base(message) => Responses = responses;

    /// <summary>The answers that came, in the order of their arrival; each has one argument at most.</summary>
    public IReadOnlyList<EventArguments> Responses { get; }

    /// <summary>The answers that came, as a type.</summary>
    /// <typeparam name="TResult">The type.</typeparam>
    /// <returns>The first argument of each answer, or the default value where it has none.</returns>
    /// <exception cref="EventBindingException">An answer is no <typeparamref name="TResult"/>.</exception>
    public IReadOnlyList<TResult?> GetResponses<TResult>() => BroadcastAckEmitterExtensions.First<TResult>(Responses);
}
