using SocketIO.Events;
using SocketIO.Json;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore;

// Connecting -> Opening -> Open -> Closing -> Closed; a refused socket goes from Connecting to Closed. A close that another thread wants while the connection handlers run
// waits for them: so each handler that was told of a connection is told of its end, in this order.
public sealed partial class ServerSocket
{
    private volatile Phase _phase;
    private CloseRequest? _deferredClose;
    private int _openingThread;
    private HandlerList<Func<DisconnectInfo, ValueTask>>? _disconnecting;
    private HandlerList<Func<DisconnectInfo, ValueTask>>? _disconnected;
    private HandlerList<Func<Exception, ValueTask>>? _error;

    private enum Phase
    {
        Connecting,
        Opening,
        Open,
        Closing,
        Closed,
    }

    /// <summary>Calls a handler when the socket is about to be disconnected: its rooms are still to be seen in <see cref="Rooms"/>, until the handler returns or first
    /// awaits.</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnDisconnecting(Func<DisconnectInfo, ValueTask> handler) => Made(ref _disconnecting).Add(handler);

    /// <summary>Calls a handler when the socket has been disconnected: once, and only if it was connected. No handler of an event starts after it.</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnDisconnected(Func<DisconnectInfo, ValueTask> handler) => Made(ref _disconnected).Add(handler);

    /// <summary>Calls a handler when the client sent a malformed packet or an argument that does not fit its handler, or when a packet middleware threw.</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnError(Func<Exception, ValueTask> handler) => Made(ref _error).Add(handler);

    /// <summary>Disconnects the socket with the reason <see cref="DisconnectReasons.ServerNamespaceDisconnect"/>; the client does not reconnect by itself. Does nothing
    /// where it is not connected.</summary>
    /// <param name="close">Whether the client's sockets in other namespaces are disconnected too, and the connection is closed. Default: false.</param>
    public ValueTask DisconnectAsync(bool close = false)
    {
        if (!Connected) return default;
        if (close)
        {
            Client.Disconnect();
            return default;
        }

        Close(new DisconnectInfo(DisconnectReasons.ServerNamespaceDisconnect, null), isFarewell: true);
        return default;
    }

    /// <summary>The middlewares have let the client in: from here on its end is told to handlers. <see cref="Open"/> or <see cref="Abandon"/> follows on the same
    /// thread.</summary>
    internal void BeginOpen()
    {
        lock (_events)
        {
            _phase = Phase.Opening;
            _openingThread = Environment.CurrentManagedThreadId;
        }
    }

    /// <summary>Connects, and calls the connection handlers.</summary>
    internal void Open()
    {
        if (_restored is null) BeginSession();
        Namespace.Add(this);
        LogConnected(_log);
        if (_restored is null) Observe(JoinAsync(Id));
        WriteControl(Client.IsV2
            ? new Packet(PacketType.Connect, Namespace.Name)
            : new Packet(PacketType.Connect, Namespace.Name, PayloadSerializer.SerializeGrant(Id, _holder?.PrivateId)));
        ReleaseHeld();
        SendEarly();
        Namespace.RaiseConnection(this);

        CloseRequest? deferred;
        lock (_events)
        {
            if (_phase == Phase.Opening) _phase = Phase.Open;
            _openingThread = 0;
            deferred = _deferredClose;
        }

        if (deferred is { } request) Close(request.Info, request.IsFarewell);
        _events.Open();
    }

    /// <summary>Ends a socket that was not let in: no handler is called. A restored session goes back into its store.</summary>
    /// <param name="isReplaced">Whether its client gets another socket instead, and the session is lost.</param>
    internal void Abandon(bool isReplaced = false)
    {
        lock (_events)
        {
            _phase = Phase.Closed;
            _pendingEmits = null;
        }

        _canJoin = false;
        var leaving = LeaveAllAsync();
        Namespace.Forget(this, isReplaced);
        CloseAcks(DisconnectReasons.ForcedClose);
        if (_restored is { } restored) EndSession(isReplaced ? Task.CompletedTask : Guard(restored.ReturnAsync), leaving);
    }

    /// <summary>Tells the client that it is not let in.</summary>
    internal void Refuse(Payload payload) => WriteControl(new Packet(PacketType.ConnectError, Namespace.Name, payload));

    /// <summary>Ends a connected socket.</summary>
    /// <param name="info">How.</param>
    /// <param name="isFarewell">Whether the client is told.</param>
    /// <param name="pending">Receives the tasks of handlers that have not completed.</param>
    internal void Close(DisconnectInfo info, bool isFarewell = false, ICollection<Task>? pending = null)
    {
        lock (_events)
        {
            switch (_phase)
            {
                case Phase.Opening when _openingThread != Environment.CurrentManagedThreadId:
                    _deferredClose ??= new(info, isFarewell);
                    return;
                case Phase.Opening or Phase.Open:
                    _phase = Phase.Closing;
                    break;
                default:
                    return;
            }
        }

        if (isFarewell) WriteControl(new Packet(PacketType.Disconnect, Namespace.Name));
        LogClosing(_log, info.Reason);
        Raise(_disconnecting, info, pending);
        var storing = PersistSessionAsync(info.Reason);
        // Before the rooms are left, so that a join that comes meanwhile finds it and takes itself back.
        _canJoin = false;
        var leaving = LeaveAllAsync();
        Namespace.Remove(this);
        Client.Remove(this);
        _phase = Phase.Closed;
        _events.Close();
        _rateLimits?.Dispose();
        CloseAcks(info.Reason);
        Raise(_disconnected, info, pending);
        EndSession(storing, leaving);
    }

    private Task LeaveAllAsync() => Guard(() => Namespace.Adapter.RemoveAllAsync(Id));

    // The application's adapter may throw; that is logged, and no more.
    private Task Guard(Func<ValueTask> work)
    {
        try
        {
            var working = work();
            return working.IsCompletedSuccessfully ? Task.CompletedTask : AwaitAsync(working);
        }
        catch (Exception exception)
        {
            LogTaskFailed(_log, exception);
            return Task.CompletedTask;
        }

        async Task AwaitAsync(ValueTask pending)
        {
            try
            {
                await pending.ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                LogTaskFailed(_log, exception);
            }
        }
    }

    /// <summary>Raises <see cref="OnError"/>.</summary>
    /// <returns>Whether there is a handler.</returns>
    internal bool RaiseError(Exception exception)
    {
        if (_error is not { IsEmpty: false }) return false;
        Raise(_error, exception, pending: null);
        return true;
    }

    private void Raise<T>(HandlerList<Func<T, ValueTask>>? handlers, T argument, ICollection<Task>? pending)
    {
        if (handlers is null) return;
        foreach (var entry in handlers.Snapshot())
        {
            try
            {
                var handling = entry.Handler(argument);
                if (handling.IsCompletedSuccessfully) continue;
                var observed = ObserveAsync(handling);
                pending?.Add(observed);
            }
            catch (Exception exception)
            {
                Server.ReportHandlerError(HandlerErrorSource.Lifecycle, exception, Namespace, this);
            }
        }
    }

    private async Task ObserveAsync(ValueTask handling)
    {
        try
        {
            await handling.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Server.ReportHandlerError(HandlerErrorSource.Lifecycle, exception, Namespace, this);
        }
    }

    private readonly record struct CloseRequest(DisconnectInfo Info, bool IsFarewell);
}
