namespace SocketIO.AspNetCore;

/// <summary>An exception that a function of the application threw. It is logged, and ends neither the connection nor the process.</summary>
public sealed class HandlerError
{
    internal HandlerError(HandlerErrorSource source, Exception exception, ServerNamespace? ns, ServerSocket? socket, string? eventName)
    {
        Source = source;
        Exception = exception;
        Namespace = ns;
        Socket = socket;
        EventName = eventName;
    }

    /// <summary>Which function failed.</summary>
    public HandlerErrorSource Source { get; }

    /// <summary>What it threw.</summary>
    public Exception Exception { get; }

    /// <summary>The namespace; null where the error belongs to none.</summary>
    public ServerNamespace? Namespace { get; }

    /// <summary>The socket; null where the error belongs to none.</summary>
    public ServerSocket? Socket { get; }

    /// <summary>The event; null where the error belongs to none.</summary>
    public string? EventName { get; }
}
