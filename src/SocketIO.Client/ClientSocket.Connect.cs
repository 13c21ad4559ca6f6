using EngineIO;
using SocketIO.Client.Internal;
using SocketIO.Events;
using SocketIO.Parsing;

namespace SocketIO.Client;

// From inactive to connected and back.
public sealed partial class ClientSocket
{
    private readonly HandlerList<Func<ValueTask>> _connected = new();
    private readonly HandlerList<Func<SocketConnectException, ValueTask>> _connectError = new();
    private readonly HandlerList<Func<DisconnectInfo, ValueTask>> _disconnected = new();
    private readonly List<TaskCompletionSource<bool>> _connectWaiters = [];

    /// <summary>Calls a handler each time the socket is connected, also again (official event <c>connect</c>). What it returns is not awaited by anything.</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnConnected(Func<ValueTask> handler) => _connected.Add(handler);

    /// <summary>Calls a handler each time the socket could not connect (official event <c>connect_error</c>). Where <see cref="Active"/> is false then, the server refused it, and
    /// it does not try again by itself.</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnConnectError(Func<SocketConnectException, ValueTask> handler) => _connectError.Add(handler);

    /// <summary>Calls a handler each time a connected socket is disconnected (official event <c>disconnect</c>). Where <see cref="Active"/> is false then, the socket does not
    /// reconnect by itself.</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnDisconnected(Func<DisconnectInfo, ValueTask> handler) => _disconnected.Add(handler);

    /// <summary>Begins to connect, unless the socket is connected; it goes on until it is let in, refused or disconnected. Register handlers first.</summary>
    /// <exception cref="ObjectDisposedException">The socket is disposed.</exception>
    public void Connect()
    {
        lock (Gate) ConnectCore();
    }

    /// <summary>Connects, and waits until the socket is connected. Where reconnection is on it goes on trying (see <see cref="SocketManagerOptions.FailFast"/>).</summary>
    /// <param name="cancellationToken">Ends the wait, and the attempt with it.</param>
    /// <exception cref="SocketConnectException">The server refused the socket, or the connection could not be made and no further attempt follows.</exception>
    /// <exception cref="SocketDisconnectedException">The socket was disconnected meanwhile.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The socket is disposed.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var completion = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (Gate)
        {
            ThrowIfDisposed();
            if (Connected) return;
            _connectWaiters.Add(completion);
            if (!IsConnecting) ConnectCore();
        }

        using var registration = cancellationToken.Register(() => Abandon(completion, cancellationToken));
        await completion.Task.ConfigureAwait(false);
    }

    /// <summary>Disconnects: whatever was emitted before is sent, then a goodbye. The connection is closed with its last socket. The socket does not reconnect by itself;
    /// <see cref="Connect"/> connects it again.</summary>
    public void Disconnect()
    {
        lock (Gate)
        {
            if (_isDisposed) return;
            Leave();
            FailConnect(new SocketDisconnectedException(DisconnectReasons.ClientDisconnect));
        }
    }

    /// <summary>Disconnects, and waits until the goodbye is written where the connection ends with it.</summary>
    public async Task DisconnectAsync()
    {
        var engine = Manager.Engine;
        Disconnect();
        if (engine is not null && Manager.Engine != engine) await engine.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The connection is open. Under the gate.</summary>
    internal void OnTransportOpen()
    {
        if (Manager.Connection is not { } connection) return;
        LogTransportOpen(_log);
        // Asked already; the answer is on its way.
        if (_requested == connection) return;
        _requested = connection;
        // A server of version 2 lets everybody into the main namespace unasked.
        if (IsV3 && Namespace == SocketProtocol.MainNamespace) return;
        if (AuthProvider is { } provider) _ = Task.Run(() => AuthenticateAsync(connection, provider));
        else Request(connection, Auth);
    }

    /// <summary>The connection could not be made, or met an error. Under the gate.</summary>
    internal void OnConnectionError(SocketConnectException error)
    {
        if (!Connected) Manager.Raise(_connectError, error, "connect_error", this);
    }

    /// <summary>The connection is gone. Under the gate.</summary>
    internal void OnConnectionClosed(DisconnectInfo info)
    {
        _requested = null;
        ForgetEarly();
        if (Connected) OnClose(info);
        else LogClose(_log, info.Reason);
    }

    /// <summary>Tells those who wait for the connection that it does not come. Under the gate.</summary>
    internal void FailConnect(Exception error)
    {
        foreach (var waiter in _connectWaiters)
        {
            waiter.TrySetException(error);
            _ = waiter.Task.Exception;
        }

        _connectWaiters.Clear();
    }

    private bool IsV3 => Manager.Options.Revision == EngineRevision.V3;

    // On its way already.
    private bool IsConnecting => _isActive && (Manager.IsOpening || Manager.IsReconnecting || _requested is not null);

    private void ConnectCore()
    {
        ThrowIfDisposed();
        if (Connected) return;
        _isActive = true;
        if (!Manager.IsReconnecting) Manager.OpenCore(isReconnection: false, isCalled: false);
        if (Manager.IsOpen) OnTransportOpen();
    }

    private void Abandon(TaskCompletionSource<bool> completion, CancellationToken cancellationToken)
    {
        lock (Gate)
        {
            if (!_connectWaiters.Remove(completion)) return;
            completion.TrySetCanceled(cancellationToken);
            if (_connectWaiters.Count == 0 && !Connected) Leave();
        }
    }

    // The application's function: under no lock, and behind no handler that may wait for the connection.
    private async Task AuthenticateAsync(Connection connection, Func<CancellationToken, ValueTask<object?>> provider)
    {
        try
        {
            var auth = await provider(CancellationToken.None).ConfigureAwait(false);
            lock (Gate)
            {
                if (_requested == connection && _isActive) Request(connection, auth);
            }
        }
        catch (Exception exception)
        {
            lock (Gate)
            {
                if (_requested == connection) OnAuthFailed(exception);
            }
        }
    }

    private void Request(Connection connection, object? auth)
    {
        try
        {
            var payload = IsV3 ? default : ConnectPayload.Create(Serializer.SerializeValue(auth), _privateId, _lastOffset);
            Write(connection, new Packet(PacketType.Connect, Namespace, payload));
        }
        catch (Exception exception)
        {
            // The application's object can't be written.
            OnAuthFailed(exception);
        }
    }

    private void OnAuthFailed(Exception exception)
    {
        _requested = null;
        var error = new SocketConnectException(ConnectErrorKind.Auth, exception.Message, exception);
        OnConnectionError(error);
        FailConnect(error);
    }

    private void OnGranted(Connection connection, string id, string? privateId)
    {
        LogConnected(_log, id);
        Recovered = privateId is not null && privateId == _privateId;
        _privateId = privateId;
        if (!Recovered) _lastOffset = null;
        _grant = new Grant(this, connection, id);
        DeliverEarly();
        SendBuffered(connection);
        DrainQueue(isForced: true);
        Manager.Raise(_connected, "connect", this);
        foreach (var waiter in _connectWaiters) waiter.TrySetResult(true);
        _connectWaiters.Clear();
    }

    private void OnRefused(SocketConnectException error)
    {
        _requested = null;
        Deactivate();
        Manager.Raise(_connectError, error, "connect_error", this);
        FailConnect(error);
    }

    private void OnServerDisconnect()
    {
        LogServerDisconnect(_log, Namespace);
        _requested = null;
        Deactivate();
        OnClose(new DisconnectInfo(DisconnectReasons.ServerDisconnect, null));
        FailConnect(new SocketDisconnectedException(DisconnectReasons.ServerDisconnect));
    }

    private void Leave()
    {
        var wasConnected = Connected;
        if (wasConnected)
        {
            LogDisconnecting(_log, Namespace);
            SayGoodbye(_grant!.Connection);
            _requested = null;
        }

        Deactivate();
        if (wasConnected) OnClose(new DisconnectInfo(DisconnectReasons.ClientDisconnect, null));
    }

    private void SayGoodbye(Connection connection)
    {
        if (TryAppend(connection.Engine, new Packet(PacketType.Disconnect, Namespace), isCompressed: true) is null) FlushLater(connection.Engine);
    }

    private void Deactivate()
    {
        if (!_isActive) return;
        _isActive = false;
        Manager.OnSocketInactive();
    }

    private void OnClose(DisconnectInfo info)
    {
        LogClose(_log, info.Reason);
        if (!Connected) return;
        _grant = null;
        _events.LetReaderGo();
        Manager.Raise(_disconnected, info, "disconnect", this);
        FailSentAcks(info.Reason);
    }
}
