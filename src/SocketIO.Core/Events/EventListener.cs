namespace SocketIO.Events;

/// <summary>A handler together with the reading of its arguments. Generated code may derive its own.</summary>
/// <param name="handler">The user's delegate, by which a handler is removed.</param>
public abstract class EventListener(Delegate handler)
{
    /// <summary>The user's delegate.</summary>
    public Delegate Handler { get; } = handler;

    /// <summary>Reads the arguments and calls the handler.</summary>
    /// <param name="invocation">The event. What the handler keeps must be in its own memory by the time the method returns.</param>
    /// <returns>The handler's task.</returns>
    /// <exception cref="EventBindingException">An argument is not what the handler declares; it was not called.</exception>
    public abstract ValueTask InvokeAsync(in EventInvocation invocation);
}
