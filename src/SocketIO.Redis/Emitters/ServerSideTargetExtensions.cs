namespace SocketIO.Redis.Emitters;

/// <summary>Sending events to the servers of a cluster, under the official name; the same as through <see cref="IServerSideTarget.ServerSide"/>.</summary>
public static class ServerSideTargetExtensions
{
    /// <summary>Sends an event with no arguments to the servers.</summary>
    /// <param name="target">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask ServerSideEmitAsync(
        this IServerSideTarget target, string eventName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.ServerSide.EmitArgumentsAsync(eventName, [], cancellationToken);
    }

    /// <summary>Sends an event with one argument to the servers.</summary>
    /// <param name="target">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask ServerSideEmitAsync(
        this IServerSideTarget target, string eventName, object? argument1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.ServerSide.EmitArgumentsAsync(eventName, [argument1], cancellationToken);
    }

    /// <summary>Sends an event with two arguments to the servers.</summary>
    /// <param name="target">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask ServerSideEmitAsync(
        this IServerSideTarget target, string eventName, object? argument1, object? argument2, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.ServerSide.EmitArgumentsAsync(eventName, [argument1, argument2], cancellationToken);
    }

    /// <summary>Sends an event with three arguments to the servers.</summary>
    /// <param name="target">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask ServerSideEmitAsync(
        this IServerSideTarget target, string eventName, object? argument1, object? argument2, object? argument3, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.ServerSide.EmitArgumentsAsync(eventName, [argument1, argument2, argument3], cancellationToken);
    }

    /// <summary>Sends an event with four arguments to the servers.</summary>
    /// <param name="target">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="argument4">The fourth argument.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask ServerSideEmitAsync(
        this IServerSideTarget target, string eventName, object? argument1, object? argument2, object? argument3, object? argument4, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.ServerSide.EmitArgumentsAsync(eventName, [argument1, argument2, argument3, argument4], cancellationToken);
    }

    /// <summary>Sends an event with five arguments to the servers.</summary>
    /// <param name="target">What to send it through.</param>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="argument4">The fourth argument.</param>
    /// <param name="argument5">The fifth argument.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public static ValueTask ServerSideEmitAsync(
        this IServerSideTarget target, string eventName, object? argument1, object? argument2, object? argument3, object? argument4, object? argument5, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.ServerSide.EmitArgumentsAsync(eventName, [argument1, argument2, argument3, argument4, argument5], cancellationToken);
    }

    /// <summary>Sends an event with six arguments to the servers.</summary>
    /// <param name="target">What to send it through.</param>
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
        this IServerSideTarget target, string eventName, object? argument1, object? argument2, object? argument3, object? argument4, object? argument5, object? argument6, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.ServerSide.EmitArgumentsAsync(eventName, [argument1, argument2, argument3, argument4, argument5, argument6], cancellationToken);
    }
}
