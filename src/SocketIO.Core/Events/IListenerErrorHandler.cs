namespace SocketIO.Events;

/// <summary>Where the failures of handlers go, so that they reach neither the other handlers nor the host.</summary>
public interface IListenerErrorHandler
{
    /// <summary>A handler failed, or was not called because an argument did not fit.</summary>
    /// <param name="eventName">The event.</param>
    /// <param name="exception">An <see cref="EventBindingException"/> where an argument did not fit, else what the handler threw.</param>
    void OnListenerError(string eventName, Exception exception);
}
