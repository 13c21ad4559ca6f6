namespace SocketIO.Client.Internal;

/// <summary>Handlers of other shapes as the one shape that is kept.</summary>
internal static class Handlers
{
    public static Func<ValueTask> Adapt(Action handler)
    {
        if (handler is null) throw new ArgumentNullException(nameof(handler));
        return () =>
        {
            handler();
            return default;
        };
    }

    public static Func<ValueTask> Adapt(Func<Task> handler)
    {
        if (handler is null) throw new ArgumentNullException(nameof(handler));
        return () => new ValueTask(handler());
    }

    public static Func<T, ValueTask> Adapt<T>(Action<T> handler)
    {
        if (handler is null) throw new ArgumentNullException(nameof(handler));
        return argument =>
        {
            handler(argument);
            return default;
        };
    }

    public static Func<T, ValueTask> Adapt<T>(Func<T, Task> handler)
    {
        if (handler is null) throw new ArgumentNullException(nameof(handler));
        return argument => new ValueTask(handler(argument));
    }
}
