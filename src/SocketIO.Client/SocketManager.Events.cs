using SocketIO.Events;
using SocketIO.Parsing;

namespace SocketIO.Client;

// What the application can listen to, and how it is told.
public sealed partial class SocketManager
{
    private readonly HandlerList<Func<ValueTask>> _opened = new();
    private readonly HandlerList<Func<SocketConnectException, ValueTask>> _error = new();
    private readonly HandlerList<Func<DisconnectInfo, ValueTask>> _closed = new();
    private readonly HandlerList<Func<ValueTask>> _pinged = new();
    private readonly HandlerList<Func<Packet, ValueTask>> _packet = new();
    private readonly HandlerList<Func<int, ValueTask>> _reconnectAttempt = new();
    private readonly HandlerList<Func<SocketConnectException, ValueTask>> _reconnectError = new();
    private readonly HandlerList<Func<ValueTask>> _reconnectFailed = new();
    private readonly HandlerList<Func<int, ValueTask>> _reconnected = new();
    private readonly HandlerList<Action<HandlerError>> _handlerError = new();

    /// <summary>Calls a handler when the connection is open (official event <c>open</c>).</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnOpen(Func<ValueTask> handler) => _opened.Add(handler);

    /// <summary>Calls a handler when an attempt to connect failed, or an open connection met an error (official event <c>error</c>).</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnError(Func<SocketConnectException, ValueTask> handler) => _error.Add(handler);

    /// <summary>Calls a handler when the connection is closed (official event <c>close</c>).</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnClose(Func<DisconnectInfo, ValueTask> handler) => _closed.Add(handler);

    /// <summary>Calls a handler for each ping of the server (official event <c>ping</c>).</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnPing(Func<ValueTask> handler) => _pinged.Add(handler);

    /// <summary>Calls a handler for each packet that came, of any namespace (official event <c>packet</c>). Each packet is copied for it;
    /// where it is slower than the server, and <see cref="SocketManagerOptions.MaxQueuedEventBytes"/> of copies wait for it, it misses some.</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnPacket(Func<Packet, ValueTask> handler) => _packet.Add(handler);

    /// <summary>Calls a handler before each attempt of a series, with its number, the first being 1 (official event <c>reconnect_attempt</c>). It may change
    /// <see cref="Options"/> for it before it first waits for something.</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnReconnectAttempt(Func<int, ValueTask> handler) => _reconnectAttempt.Add(handler);

    /// <summary>Calls a handler when an attempt of a series failed (official event <c>reconnect_error</c>).</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnReconnectError(Func<SocketConnectException, ValueTask> handler) => _reconnectError.Add(handler);

    /// <summary>Calls a handler when the last attempt of a series failed (official event <c>reconnect_failed</c>).</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnReconnectFailed(Func<ValueTask> handler) => _reconnectFailed.Add(handler);

    /// <summary>Calls a handler when an attempt of a series succeeded, with its number (official event <c>reconnect</c>).</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnReconnect(Func<int, ValueTask> handler) => _reconnected.Add(handler);

    /// <summary>Calls a handler when any other handler threw, or an argument did not have the type that a handler wants; it is logged as well. The handler must not throw.</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnHandlerError(Action<HandlerError> handler) => _handlerError.Add(handler);

    internal void Raise(HandlerList<Func<ValueTask>> handlers, string name, ClientSocket? socket = null)
    {
        if (handlers.IsEmpty) return;
        Dispatcher.Post(
            static (manager, call) =>
            {
                var (handlers, name, socket) = ((HandlerList<Func<ValueTask>>, string, ClientSocket?))call!;
                foreach (var entry in handlers.Snapshot()) ((SocketManager)manager).Call(entry.Handler, name, socket);
            },
            this,
            (handlers, name, socket));
    }

    internal void Raise<T>(HandlerList<Func<T, ValueTask>> handlers, T argument, string name, ClientSocket? socket = null)
    {
        if (handlers.IsEmpty) return;
        Dispatcher.Post(
            static (manager, call) =>
            {
                var (handlers, argument, name, socket) = ((HandlerList<Func<T, ValueTask>>, T, string, ClientSocket?))call!;
                foreach (var entry in handlers.Snapshot()) ((SocketManager)manager).Call(() => entry.Handler(argument), name, socket);
            },
            this,
            (handlers, argument, name, socket));
    }

    internal void ReportHandlerError(Exception exception, ClientSocket? socket, string? eventName)
    {
        LogHandlerFailed(_log, exception, eventName);
        var error = new HandlerError(exception, socket, eventName);
        foreach (var entry in _handlerError.Snapshot())
        {
            try
            {
                entry.Handler(error);
            }
            catch (Exception second)
            {
                LogHandlerFailed(_log, second, eventName);
            }
        }
    }

    /// <summary>Reports from under the gate, where nothing of the application's runs.</summary>
    internal void ReportLater(Exception exception, ClientSocket socket) => Dispatcher.Post(
        static (socket, error) => ((ClientSocket)socket).Manager.ReportHandlerError((Exception)error!, (ClientSocket)socket, eventName: null), socket, exception);

    private void Call(Func<ValueTask> handler, string name, ClientSocket? socket)
    {
        try
        {
            var handling = handler();
            if (handling.IsCompletedSuccessfully) handling.GetAwaiter().GetResult();
            else _ = ObserveAsync(handling);
        }
        catch (Exception exception)
        {
            ReportHandlerError(exception, socket, name);
        }

        async Task ObserveAsync(ValueTask handling)
        {
            try
            {
                await handling.ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                ReportHandlerError(exception, socket, name);
            }
        }
    }

    // Nothing is raised any more.
    private void Silence()
    {
        _opened.Clear();
        _error.Clear();
        _closed.Clear();
        _pinged.Clear();
        _packet.Clear();
        _reconnectAttempt.Clear();
        _reconnectError.Clear();
        _reconnectFailed.Clear();
        _reconnected.Clear();
    }
}
