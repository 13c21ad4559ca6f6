namespace SocketIO;

/// <summary>Sending events. An array is one argument, not a list of them, and a <see cref="CancellationToken"/> is never an
/// argument.</summary>
public static class EventEmitterExtensions
{
    /// <summary>Sends an event with no arguments.</summary>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="cancellationToken">Ends the wait for room in an outgoing queue.</param>
    /// <returns>A task that completes once the event is accepted for sending.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask EmitAsync(
        this IEventEmitter emitter, string eventName, CancellationToken cancellationToken = default) =>
        emitter.EmitArgumentsAsync(eventName, [], cancellationToken);

    /// <summary>Sends an event with one argument.</summary>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="cancellationToken">Ends the wait for room in an outgoing queue.</param>
    /// <returns>A task that completes once the event is accepted for sending.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask EmitAsync(
        this IEventEmitter emitter, string eventName, object? argument1, CancellationToken cancellationToken = default) =>
        emitter.EmitArgumentsAsync(eventName, [argument1], cancellationToken);

    /// <summary>Sends an event with two arguments.</summary>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="cancellationToken">Ends the wait for room in an outgoing queue.</param>
    /// <returns>A task that completes once the event is accepted for sending.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask EmitAsync(
        this IEventEmitter emitter, string eventName, object? argument1, object? argument2,
        CancellationToken cancellationToken = default) =>
        emitter.EmitArgumentsAsync(eventName, [argument1, argument2], cancellationToken);

    /// <summary>Sends an event with three arguments.</summary>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="cancellationToken">Ends the wait for room in an outgoing queue.</param>
    /// <returns>A task that completes once the event is accepted for sending.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask EmitAsync(
        this IEventEmitter emitter, string eventName, object? argument1, object? argument2, object? argument3,
        CancellationToken cancellationToken = default) =>
        emitter.EmitArgumentsAsync(eventName, [argument1, argument2, argument3], cancellationToken);

    /// <summary>Sends an event with four arguments.</summary>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="argument4">The fourth argument.</param>
    /// <param name="cancellationToken">Ends the wait for room in an outgoing queue.</param>
    /// <returns>A task that completes once the event is accepted for sending.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask EmitAsync(
        this IEventEmitter emitter, string eventName, object? argument1, object? argument2, object? argument3, object? argument4,
        CancellationToken cancellationToken = default) =>
        emitter.EmitArgumentsAsync(eventName, [argument1, argument2, argument3, argument4], cancellationToken);

    /// <summary>Sends an event with five arguments.</summary>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="argument4">The fourth argument.</param>
    /// <param name="argument5">The fifth argument.</param>
    /// <param name="cancellationToken">Ends the wait for room in an outgoing queue.</param>
    /// <returns>A task that completes once the event is accepted for sending.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask EmitAsync(
        this IEventEmitter emitter, string eventName, object? argument1, object? argument2, object? argument3, object? argument4,
        object? argument5, CancellationToken cancellationToken = default) =>
        emitter.EmitArgumentsAsync(eventName, [argument1, argument2, argument3, argument4, argument5], cancellationToken);

    /// <summary>Sends an event with six arguments.</summary>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="argument4">The fourth argument.</param>
    /// <param name="argument5">The fifth argument.</param>
    /// <param name="argument6">The sixth argument.</param>
    /// <param name="cancellationToken">Ends the wait for room in an outgoing queue.</param>
    /// <returns>A task that completes once the event is accepted for sending.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask EmitAsync(
        this IEventEmitter emitter, string eventName, object? argument1, object? argument2, object? argument3, object? argument4,
        object? argument5, object? argument6, CancellationToken cancellationToken = default) =>
        emitter.EmitArgumentsAsync(eventName, [argument1, argument2, argument3, argument4, argument5, argument6], cancellationToken);

    /// <summary>Sends the event <c>message</c> with no arguments.</summary>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="cancellationToken">Ends the wait for room in an outgoing queue.</param>
    /// <returns>A task that completes once the event is accepted for sending.</returns>
    public static ValueTask SendAsync(this IEventEmitter emitter, CancellationToken cancellationToken = default) =>
        emitter.EmitArgumentsAsync("message", [], cancellationToken);

    /// <summary>Sends the event <c>message</c> with one argument.</summary>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="cancellationToken">Ends the wait for room in an outgoing queue.</param>
    /// <returns>A task that completes once the event is accepted for sending.</returns>
    public static ValueTask SendAsync(this IEventEmitter emitter, object? argument1, CancellationToken cancellationToken = default) =>
        emitter.EmitArgumentsAsync("message", [argument1], cancellationToken);

    /// <summary>Sends the event <c>message</c> with two arguments.</summary>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="cancellationToken">Ends the wait for room in an outgoing queue.</param>
    /// <returns>A task that completes once the event is accepted for sending.</returns>
    public static ValueTask SendAsync(
        this IEventEmitter emitter, object? argument1, object? argument2, CancellationToken cancellationToken = default) =>
        emitter.EmitArgumentsAsync("message", [argument1, argument2], cancellationToken);

    /// <summary>Sends the event <c>message</c> with three arguments.</summary>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="cancellationToken">Ends the wait for room in an outgoing queue.</param>
    /// <returns>A task that completes once the event is accepted for sending.</returns>
    public static ValueTask SendAsync(
        this IEventEmitter emitter, object? argument1, object? argument2, object? argument3, CancellationToken cancellationToken = default) =>
        emitter.EmitArgumentsAsync("message", [argument1, argument2, argument3], cancellationToken);

    /// <summary>Sends the event <c>message</c> with four arguments.</summary>
    /// <param name="emitter">What to send it through.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="argument4">The fourth argument.</param>
    /// <param name="cancellationToken">Ends the wait for room in an outgoing queue.</param>
    /// <returns>A task that completes once the event is accepted for sending.</returns>
    public static ValueTask SendAsync(
        this IEventEmitter emitter, object? argument1, object? argument2, object? argument3, object? argument4, CancellationToken cancellationToken = default) =>
        emitter.EmitArgumentsAsync("message", [argument1, argument2, argument3, argument4], cancellationToken);
}
