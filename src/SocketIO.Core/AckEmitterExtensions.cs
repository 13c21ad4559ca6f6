namespace SocketIO;

/// <summary>Sending events that are acknowledged. Each method gives the first argument of the acknowledgement, or the default value where
/// it has none; <see cref="IAckEmitter.EmitArgumentsWithAckAsync"/> gives them all.</summary>
public static class AckEmitterExtensions
{
    /// <summary>Sends an event with no arguments and waits for its acknowledgement.</summary>
    /// <typeparam name="TResult">The type of the acknowledgement's first argument.</typeparam>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="cancellationToken">Ends the wait; an acknowledgement that comes later is ignored.</param>
    /// <returns>The first argument of the acknowledgement.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="EventBindingException">The argument is no <typeparamref name="TResult"/>.</exception>
    public static Task<TResult?> EmitWithAckAsync<TResult>(
        this IAckEmitter emitter, string eventName, CancellationToken cancellationToken = default) =>
        FirstAsync<TResult>(emitter.EmitArgumentsWithAckAsync(eventName, [], cancellationToken));

    /// <summary>Sends an event with one argument and waits for its acknowledgement.</summary>
    /// <typeparam name="TResult">The type of the acknowledgement's first argument.</typeparam>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="cancellationToken">Ends the wait; an acknowledgement that comes later is ignored.</param>
    /// <returns>The first argument of the acknowledgement.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="EventBindingException">The argument is no <typeparamref name="TResult"/>.</exception>
    public static Task<TResult?> EmitWithAckAsync<TResult>(
        this IAckEmitter emitter, string eventName, object? argument1, CancellationToken cancellationToken = default) =>
        FirstAsync<TResult>(emitter.EmitArgumentsWithAckAsync(eventName, [argument1], cancellationToken));

    /// <summary>Sends an event with two arguments and waits for its acknowledgement.</summary>
    /// <typeparam name="TResult">The type of the acknowledgement's first argument.</typeparam>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="cancellationToken">Ends the wait; an acknowledgement that comes later is ignored.</param>
    /// <returns>The first argument of the acknowledgement.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="EventBindingException">The argument is no <typeparamref name="TResult"/>.</exception>
    public static Task<TResult?> EmitWithAckAsync<TResult>(
        this IAckEmitter emitter, string eventName, object? argument1, object? argument2, CancellationToken cancellationToken = default) =>
        FirstAsync<TResult>(emitter.EmitArgumentsWithAckAsync(eventName, [argument1, argument2], cancellationToken));

    /// <summary>Sends an event with three arguments and waits for its acknowledgement.</summary>
    /// <typeparam name="TResult">The type of the acknowledgement's first argument.</typeparam>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="cancellationToken">Ends the wait; an acknowledgement that comes later is ignored.</param>
    /// <returns>The first argument of the acknowledgement.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="EventBindingException">The argument is no <typeparamref name="TResult"/>.</exception>
    public static Task<TResult?> EmitWithAckAsync<TResult>(
        this IAckEmitter emitter, string eventName, object? argument1, object? argument2, object? argument3,
        CancellationToken cancellationToken = default) =>
        FirstAsync<TResult>(emitter.EmitArgumentsWithAckAsync(eventName, [argument1, argument2, argument3], cancellationToken));

    /// <summary>Sends an event with four arguments and waits for its acknowledgement.</summary>
    /// <typeparam name="TResult">The type of the acknowledgement's first argument.</typeparam>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="argument4">The fourth argument.</param>
    /// <param name="cancellationToken">Ends the wait; an acknowledgement that comes later is ignored.</param>
    /// <returns>The first argument of the acknowledgement.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="EventBindingException">The argument is no <typeparamref name="TResult"/>.</exception>
    public static Task<TResult?> EmitWithAckAsync<TResult>(
        this IAckEmitter emitter, string eventName, object? argument1, object? argument2, object? argument3, object? argument4,
        CancellationToken cancellationToken = default) =>
        FirstAsync<TResult>(emitter.EmitArgumentsWithAckAsync(eventName, [argument1, argument2, argument3, argument4], cancellationToken));

    /// <summary>Sends an event with five arguments and waits for its acknowledgement.</summary>
    /// <typeparam name="TResult">The type of the acknowledgement's first argument.</typeparam>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="argument4">The fourth argument.</param>
    /// <param name="argument5">The fifth argument.</param>
    /// <param name="cancellationToken">Ends the wait; an acknowledgement that comes later is ignored.</param>
    /// <returns>The first argument of the acknowledgement.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="EventBindingException">The argument is no <typeparamref name="TResult"/>.</exception>
    public static Task<TResult?> EmitWithAckAsync<TResult>(
        this IAckEmitter emitter, string eventName, object? argument1, object? argument2, object? argument3, object? argument4,
        object? argument5, CancellationToken cancellationToken = default) =>
        FirstAsync<TResult>(
            emitter.EmitArgumentsWithAckAsync(eventName, [argument1, argument2, argument3, argument4, argument5], cancellationToken));

    /// <summary>Sends an event with six arguments and waits for its acknowledgement.</summary>
    /// <typeparam name="TResult">The type of the acknowledgement's first argument.</typeparam>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="argument4">The fourth argument.</param>
    /// <param name="argument5">The fifth argument.</param>
    /// <param name="argument6">The sixth argument.</param>
    /// <param name="cancellationToken">Ends the wait; an acknowledgement that comes later is ignored.</param>
    /// <returns>The first argument of the acknowledgement.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="EventBindingException">The argument is no <typeparamref name="TResult"/>.</exception>
    public static Task<TResult?> EmitWithAckAsync<TResult>(
        this IAckEmitter emitter, string eventName, object? argument1, object? argument2, object? argument3, object? argument4,
        object? argument5, object? argument6, CancellationToken cancellationToken = default) =>
        FirstAsync<TResult>(
            emitter.EmitArgumentsWithAckAsync(eventName, [argument1, argument2, argument3, argument4, argument5, argument6], cancellationToken));

    private static async Task<TResult?> FirstAsync<TResult>(Task<EventArguments> acknowledgement) =>
        (await acknowledgement.ConfigureAwait(false)).Get<TResult>(0);
}
