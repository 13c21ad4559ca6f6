namespace SocketIO;

/// <summary>Sending events that are acknowledged by many. Each method gives the first argument of each acknowledgement, in the order of their arrival, or the default
/// value where it has none.</summary>
public static class BroadcastAckEmitterExtensions
{
    /// <summary>Sends an event with no arguments and waits for the acknowledgements of all that it reaches.</summary>
    /// <typeparam name="TResult">The type of an acknowledgement's first argument.</typeparam>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="cancellationToken">Ends the wait; acknowledgements that come later are ignored.</param>
    /// <returns>The first argument of each acknowledgement; empty where nobody was reached.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="BroadcastTimeoutException">Not all acknowledged it in time; the exception has the acknowledgements that came.</exception>
    /// <exception cref="EventBindingException">An argument is no <typeparamref name="TResult"/>.</exception>
    public static Task<IReadOnlyList<TResult?>> EmitWithAckAsync<TResult>(
        this IBroadcastAckEmitter emitter, string eventName, CancellationToken cancellationToken = default) =>
        FirstAsync<TResult>(emitter.EmitArgumentsWithAcksAsync(eventName, [], cancellationToken));

    /// <summary>Sends an event with one argument and waits for the acknowledgements of all that it reaches.</summary>
    /// <typeparam name="TResult">The type of an acknowledgement's first argument.</typeparam>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="cancellationToken">Ends the wait; acknowledgements that come later are ignored.</param>
    /// <returns>The first argument of each acknowledgement; empty where nobody was reached.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="BroadcastTimeoutException">Not all acknowledged it in time; the exception has the acknowledgements that came.</exception>
    /// <exception cref="EventBindingException">An argument is no <typeparamref name="TResult"/>.</exception>
    public static Task<IReadOnlyList<TResult?>> EmitWithAckAsync<TResult>(
        this IBroadcastAckEmitter emitter, string eventName, object? argument1, CancellationToken cancellationToken = default) =>
        FirstAsync<TResult>(emitter.EmitArgumentsWithAcksAsync(eventName, [argument1], cancellationToken));

    /// <summary>Sends an event with two arguments and waits for the acknowledgements of all that it reaches.</summary>
    /// <typeparam name="TResult">The type of an acknowledgement's first argument.</typeparam>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="cancellationToken">Ends the wait; acknowledgements that come later are ignored.</param>
    /// <returns>The first argument of each acknowledgement; empty where nobody was reached.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="BroadcastTimeoutException">Not all acknowledged it in time; the exception has the acknowledgements that came.</exception>
    /// <exception cref="EventBindingException">An argument is no <typeparamref name="TResult"/>.</exception>
    public static Task<IReadOnlyList<TResult?>> EmitWithAckAsync<TResult>(
        this IBroadcastAckEmitter emitter, string eventName, object? argument1, object? argument2, CancellationToken cancellationToken = default) =>
        FirstAsync<TResult>(emitter.EmitArgumentsWithAcksAsync(eventName, [argument1, argument2], cancellationToken));

    /// <summary>Sends an event with three arguments and waits for the acknowledgements of all that it reaches.</summary>
    /// <typeparam name="TResult">The type of an acknowledgement's first argument.</typeparam>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="cancellationToken">Ends the wait; acknowledgements that come later are ignored.</param>
    /// <returns>The first argument of each acknowledgement; empty where nobody was reached.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="BroadcastTimeoutException">Not all acknowledged it in time; the exception has the acknowledgements that came.</exception>
    /// <exception cref="EventBindingException">An argument is no <typeparamref name="TResult"/>.</exception>
    public static Task<IReadOnlyList<TResult?>> EmitWithAckAsync<TResult>(
        this IBroadcastAckEmitter emitter, string eventName, object? argument1, object? argument2, object? argument3,
        CancellationToken cancellationToken = default) =>
        FirstAsync<TResult>(emitter.EmitArgumentsWithAcksAsync(eventName, [argument1, argument2, argument3], cancellationToken));

    /// <summary>Sends an event with four arguments and waits for the acknowledgements of all that it reaches.</summary>
    /// <typeparam name="TResult">The type of an acknowledgement's first argument.</typeparam>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="argument4">The fourth argument.</param>
    /// <param name="cancellationToken">Ends the wait; acknowledgements that come later are ignored.</param>
    /// <returns>The first argument of each acknowledgement; empty where nobody was reached.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="BroadcastTimeoutException">Not all acknowledged it in time; the exception has the acknowledgements that came.</exception>
    /// <exception cref="EventBindingException">An argument is no <typeparamref name="TResult"/>.</exception>
    public static Task<IReadOnlyList<TResult?>> EmitWithAckAsync<TResult>(
        this IBroadcastAckEmitter emitter, string eventName, object? argument1, object? argument2, object? argument3, object? argument4,
        CancellationToken cancellationToken = default) =>
        FirstAsync<TResult>(emitter.EmitArgumentsWithAcksAsync(eventName, [argument1, argument2, argument3, argument4], cancellationToken));

    /// <summary>Sends an event with five arguments and waits for the acknowledgements of all that it reaches.</summary>
    /// <typeparam name="TResult">The type of an acknowledgement's first argument.</typeparam>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="argument4">The fourth argument.</param>
    /// <param name="argument5">The fifth argument.</param>
    /// <param name="cancellationToken">Ends the wait; acknowledgements that come later are ignored.</param>
    /// <returns>The first argument of each acknowledgement; empty where nobody was reached.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="BroadcastTimeoutException">Not all acknowledged it in time; the exception has the acknowledgements that came.</exception>
    /// <exception cref="EventBindingException">An argument is no <typeparamref name="TResult"/>.</exception>
    public static Task<IReadOnlyList<TResult?>> EmitWithAckAsync<TResult>(
        this IBroadcastAckEmitter emitter, string eventName, object? argument1, object? argument2, object? argument3, object? argument4,
        object? argument5, CancellationToken cancellationToken = default) =>
        FirstAsync<TResult>(emitter.EmitArgumentsWithAcksAsync(eventName, [argument1, argument2, argument3, argument4, argument5], cancellationToken));

    /// <summary>Sends an event with six arguments and waits for the acknowledgements of all that it reaches.</summary>
    /// <typeparam name="TResult">The type of an acknowledgement's first argument.</typeparam>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="argument4">The fourth argument.</param>
    /// <param name="argument5">The fifth argument.</param>
    /// <param name="argument6">The sixth argument.</param>
    /// <param name="cancellationToken">Ends the wait; acknowledgements that come later are ignored.</param>
    /// <returns>The first argument of each acknowledgement; empty where nobody was reached.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="BroadcastTimeoutException">Not all acknowledged it in time; the exception has the acknowledgements that came.</exception>
    /// <exception cref="EventBindingException">An argument is no <typeparamref name="TResult"/>.</exception>
    public static Task<IReadOnlyList<TResult?>> EmitWithAckAsync<TResult>(
        this IBroadcastAckEmitter emitter, string eventName, object? argument1, object? argument2, object? argument3, object? argument4,
        object? argument5, object? argument6, CancellationToken cancellationToken = default) =>
        FirstAsync<TResult>(emitter.EmitArgumentsWithAcksAsync(eventName, [argument1, argument2, argument3, argument4, argument5, argument6], cancellationToken));

    internal static IReadOnlyList<TResult?> First<TResult>(IReadOnlyList<EventArguments> acknowledgements) =>
        [.. acknowledgements.Select(static acknowledgement => acknowledgement.Get<TResult>(0))];

    private static async Task<IReadOnlyList<TResult?>> FirstAsync<TResult>(Task<IReadOnlyList<EventArguments>> acknowledgements) =>
        First<TResult>(await acknowledgements.ConfigureAwait(false));
}
