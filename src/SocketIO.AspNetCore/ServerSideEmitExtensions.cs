namespace SocketIO.AspNetCore;

/// <summary>Sending events to the other servers of a cluster, under the official names; the same as through <see cref="ServerNamespace.ServerSide"/>.</summary>
public static class ServerSideEmitExtensions
{
    /// <summary>Sends an event with no arguments to the other servers of the cluster.</summary>
    /// <param name="emitter">The server, or the namespace.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask ServerSideEmitAsync(
        this IServerSideEmitter emitter, string eventName, CancellationToken cancellationToken = default) =>
        emitter.ServerSide.EmitArgumentsAsync(eventName, [], cancellationToken);

    /// <summary>Sends an event with one argument to the other servers of the cluster.</summary>
    /// <param name="emitter">The server, or the namespace.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask ServerSideEmitAsync(
        this IServerSideEmitter emitter, string eventName, object? argument1, CancellationToken cancellationToken = default) =>
        emitter.ServerSide.EmitArgumentsAsync(eventName, [argument1], cancellationToken);

    /// <summary>Sends an event with two arguments to the other servers of the cluster.</summary>
    /// <param name="emitter">The server, or the namespace.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask ServerSideEmitAsync(
        this IServerSideEmitter emitter, string eventName, object? argument1, object? argument2, CancellationToken cancellationToken = default) =>
        emitter.ServerSide.EmitArgumentsAsync(eventName, [argument1, argument2], cancellationToken);

    /// <summary>Sends an event with three arguments to the other servers of the cluster.</summary>
    /// <param name="emitter">The server, or the namespace.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask ServerSideEmitAsync(
        this IServerSideEmitter emitter, string eventName, object? argument1, object? argument2, object? argument3, CancellationToken cancellationToken = default) =>
        emitter.ServerSide.EmitArgumentsAsync(eventName, [argument1, argument2, argument3], cancellationToken);

    /// <summary>Sends an event with four arguments to the other servers of the cluster.</summary>
    /// <param name="emitter">The server, or the namespace.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="argument4">The fourth argument.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask ServerSideEmitAsync(
        this IServerSideEmitter emitter, string eventName, object? argument1, object? argument2, object? argument3,
        object? argument4, CancellationToken cancellationToken = default) =>
        emitter.ServerSide.EmitArgumentsAsync(eventName, [argument1, argument2, argument3, argument4], cancellationToken);

    /// <summary>Sends an event with five arguments to the other servers of the cluster.</summary>
    /// <param name="emitter">The server, or the namespace.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="argument4">The fourth argument.</param>
    /// <param name="argument5">The fifth argument.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask ServerSideEmitAsync(
        this IServerSideEmitter emitter, string eventName, object? argument1, object? argument2, object? argument3,
        object? argument4, object? argument5, CancellationToken cancellationToken = default) =>
        emitter.ServerSide.EmitArgumentsAsync(eventName, [argument1, argument2, argument3, argument4, argument5], cancellationToken);

    /// <summary>Sends an event with six arguments to the other servers of the cluster.</summary>
    /// <param name="emitter">The server, or the namespace.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="argument4">The fourth argument.</param>
    /// <param name="argument5">The fifth argument.</param>
    /// <param name="argument6">The sixth argument.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask ServerSideEmitAsync(
        this IServerSideEmitter emitter, string eventName, object? argument1, object? argument2, object? argument3,
        object? argument4, object? argument5, object? argument6, CancellationToken cancellationToken = default) =>
        emitter.ServerSide.EmitArgumentsAsync(eventName, [argument1, argument2, argument3, argument4, argument5, argument6], cancellationToken);

    /// <summary>Sends an event with no arguments to the other servers of the cluster and waits for their answers.</summary>
    /// <typeparam name="TResult">The type of an answer.</typeparam>
    /// <param name="emitter">The server, or the namespace.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One answer of each other server.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="BroadcastTimeoutException">A server did not answer in time; the exception has the answers that came.</exception>
    /// <exception cref="NotSupportedException">The adapter knows this server only.</exception>
    /// <exception cref="EventBindingException">An answer is no <typeparamref name="TResult"/>.</exception>
    public static Task<IReadOnlyList<TResult?>> ServerSideEmitWithAckAsync<TResult>(
        this IServerSideEmitter emitter, string eventName, CancellationToken cancellationToken = default) =>
        emitter.ServerSide.EmitWithAckAsync<TResult>(eventName, cancellationToken);

    /// <summary>Sends an event with one argument to the other servers of the cluster and waits for their answers.</summary>
    /// <typeparam name="TResult">The type of an answer.</typeparam>
    /// <param name="emitter">The server, or the namespace.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One answer of each other server.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="BroadcastTimeoutException">A server did not answer in time; the exception has the answers that came.</exception>
    /// <exception cref="NotSupportedException">The adapter knows this server only.</exception>
    /// <exception cref="EventBindingException">An answer is no <typeparamref name="TResult"/>.</exception>
    public static Task<IReadOnlyList<TResult?>> ServerSideEmitWithAckAsync<TResult>(
        this IServerSideEmitter emitter, string eventName, object? argument1, CancellationToken cancellationToken = default) =>
        emitter.ServerSide.EmitWithAckAsync<TResult>(eventName, argument1, cancellationToken);

    /// <summary>Sends an event with two arguments to the other servers of the cluster and waits for their answers.</summary>
    /// <typeparam name="TResult">The type of an answer.</typeparam>
    /// <param name="emitter">The server, or the namespace.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One answer of each other server.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="BroadcastTimeoutException">A server did not answer in time; the exception has the answers that came.</exception>
    /// <exception cref="NotSupportedException">The adapter knows this server only.</exception>
    /// <exception cref="EventBindingException">An answer is no <typeparamref name="TResult"/>.</exception>
    public static Task<IReadOnlyList<TResult?>> ServerSideEmitWithAckAsync<TResult>(
        this IServerSideEmitter emitter, string eventName, object? argument1, object? argument2, CancellationToken cancellationToken = default) =>
        emitter.ServerSide.EmitWithAckAsync<TResult>(eventName, argument1, argument2, cancellationToken);

    /// <summary>Sends an event with three arguments to the other servers of the cluster and waits for their answers.</summary>
    /// <typeparam name="TResult">The type of an answer.</typeparam>
    /// <param name="emitter">The server, or the namespace.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One answer of each other server.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="BroadcastTimeoutException">A server did not answer in time; the exception has the answers that came.</exception>
    /// <exception cref="NotSupportedException">The adapter knows this server only.</exception>
    /// <exception cref="EventBindingException">An answer is no <typeparamref name="TResult"/>.</exception>
    public static Task<IReadOnlyList<TResult?>> ServerSideEmitWithAckAsync<TResult>(
        this IServerSideEmitter emitter, string eventName, object? argument1, object? argument2, object? argument3, CancellationToken cancellationToken = default) =>
        emitter.ServerSide.EmitWithAckAsync<TResult>(eventName, argument1, argument2, argument3, cancellationToken);

    /// <summary>Sends an event with four arguments to the other servers of the cluster and waits for their answers.</summary>
    /// <typeparam name="TResult">The type of an answer.</typeparam>
    /// <param name="emitter">The server, or the namespace.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="argument4">The fourth argument.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One answer of each other server.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="BroadcastTimeoutException">A server did not answer in time; the exception has the answers that came.</exception>
    /// <exception cref="NotSupportedException">The adapter knows this server only.</exception>
    /// <exception cref="EventBindingException">An answer is no <typeparamref name="TResult"/>.</exception>
    public static Task<IReadOnlyList<TResult?>> ServerSideEmitWithAckAsync<TResult>(
        this IServerSideEmitter emitter, string eventName, object? argument1, object? argument2, object? argument3,
        object? argument4, CancellationToken cancellationToken = default) =>
        emitter.ServerSide.EmitWithAckAsync<TResult>(eventName, argument1, argument2, argument3, argument4, cancellationToken);

    /// <summary>Sends an event with five arguments to the other servers of the cluster and waits for their answers.</summary>
    /// <typeparam name="TResult">The type of an answer.</typeparam>
    /// <param name="emitter">The server, or the namespace.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="argument4">The fourth argument.</param>
    /// <param name="argument5">The fifth argument.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One answer of each other server.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="BroadcastTimeoutException">A server did not answer in time; the exception has the answers that came.</exception>
    /// <exception cref="NotSupportedException">The adapter knows this server only.</exception>
    /// <exception cref="EventBindingException">An answer is no <typeparamref name="TResult"/>.</exception>
    public static Task<IReadOnlyList<TResult?>> ServerSideEmitWithAckAsync<TResult>(
        this IServerSideEmitter emitter, string eventName, object? argument1, object? argument2, object? argument3,
        object? argument4, object? argument5, CancellationToken cancellationToken = default) =>
        emitter.ServerSide.EmitWithAckAsync<TResult>(eventName, argument1, argument2, argument3, argument4, argument5, cancellationToken);

    /// <summary>Sends an event with six arguments to the other servers of the cluster and waits for their answers.</summary>
    /// <typeparam name="TResult">The type of an answer.</typeparam>
    /// <param name="emitter">The server, or the namespace.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="argument4">The fourth argument.</param>
    /// <param name="argument5">The fifth argument.</param>
    /// <param name="argument6">The sixth argument.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One answer of each other server.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="BroadcastTimeoutException">A server did not answer in time; the exception has the answers that came.</exception>
    /// <exception cref="NotSupportedException">The adapter knows this server only.</exception>
    /// <exception cref="EventBindingException">An answer is no <typeparamref name="TResult"/>.</exception>
    public static Task<IReadOnlyList<TResult?>> ServerSideEmitWithAckAsync<TResult>(
        this IServerSideEmitter emitter, string eventName, object? argument1, object? argument2, object? argument3,
        object? argument4, object? argument5, object? argument6, CancellationToken cancellationToken = default) =>
        emitter.ServerSide.EmitWithAckAsync<TResult>(eventName, argument1, argument2, argument3, argument4, argument5, argument6, cancellationToken);
}
