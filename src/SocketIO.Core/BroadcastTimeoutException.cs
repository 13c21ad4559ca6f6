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
        : this(message, responses, [])
    {
    }

    /// <summary>Makes an exception that tells which servers of a cluster did not answer; its message names them, too.</summary>
    /// <param name="message">The message.</param>
    /// <param name="responses">The answers that came.</param>
    /// <param name="silentServers">See <see cref="SilentServers"/>.</param>
    public BroadcastTimeoutException(string message, IReadOnlyList<EventArguments> responses, IReadOnlyList<string> silentServers)
        : base(silentServers is { Count: > 0 } ? $"{message}; silent: {string.Join(", ", silentServers)}" : message)
    {
        Responses = responses;
        SilentServers = silentServers;
    }

    /// <summary>The answers that came, in the order of their arrival; each has one argument at most.</summary>
    public IReadOnlyList<EventArguments> Responses { get; }

    /// <summary>The servers of the cluster that did not answer at all, by the names that the adapter knows them by, or their ids; one entry tells of those of unknown name.
    /// Empty where all have, and some of their clients have not.</summary>
    public IReadOnlyList<string> SilentServers { get; }

    /// <summary>The answers that came, as a type.</summary>
    /// <typeparam name="TResult">The type.</typeparam>
    /// <returns>The first argument of each answer, or the default value where it has none.</returns>
    /// <exception cref="EventBindingException">An answer is no <typeparamref name="TResult"/>.</exception>
    public IReadOnlyList<TResult?> GetResponses<TResult>() => BroadcastAckEmitterExtensions.First<TResult>(Responses);
}
