namespace SocketIO.Client;

/// <summary>An exception that a function of the application threw. It is logged, and ends neither the connection nor the process.</summary>
public sealed class HandlerError
{
    internal HandlerError(Exception exception, ClientSocket? socket, string? eventName)
    {
        Exception = exception;
        Socket = socket;
        EventName = eventName;
    }

    /// <summary>What it threw. An <see cref="EventBindingException"/> where an argument did not have the type that a handler wants.</summary>
    public Exception Exception { get; }

    /// <summary>The socket; null where the handler was the manager's.</summary>
    public ClientSocket? Socket { get; }

    /// <summary>The event: one of the server's, or "connect", "disconnect" and so on; null where the error belongs to none.</summary>
    public string? EventName { get; }
}
