using EngineIO;
using EngineIO.Client;
using SocketIO.Client.Internal;
using SocketIO.Parsing;

namespace SocketIO.Client;

// From closed to open and back. Everything here runs under the gate; what the application is to see is posted.
public sealed partial class SocketManager
{
    // Of what is told beside the events, which have limits of their own.
    private const int MaxBacklog = 100_000;

    private readonly List<TaskCompletionSource<bool>> _openWaiters = [];
    private ITimer? _timer;
    private long _packetBytes;

    // Counts the clean-ups: a timer of a former one finds that it is late.
    private int _turn;

    /// <summary>Opens the connection, where it is closed and no attempt is on its way. Where it fails, a series of attempts begins, unless reconnection is off.</summary>
    /// <exception cref="ObjectDisposedException">The manager is disposed.</exception>
    public void Open()
    {
        lock (Gate)
        {
            ThrowIfDisposed();
            OpenCore(_reconnecting, isCalled: false);
        }
    }

    /// <summary>Opens the connection and waits for it (<c>manager.open(callback)</c>): where it fails, that is all, and no series of attempts begins.</summary>
    /// <param name="cancellationToken">Ends the wait, not the attempt.</param>
    /// <exception cref="SocketConnectException">The connection could not be made.</exception>
    /// <exception cref="ObjectDisposedException">The manager is disposed.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken = default)
    {
        var completion = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (Gate)
        {
            ThrowIfDisposed();
            if (IsOpen) return;
            _openWaiters.Add(completion);
            OpenCore(_reconnecting, isCalled: !_reconnecting);
        }

        using var registration = cancellationToken.Register(() => completion.TrySetCanceled(cancellationToken));
        await completion.Task.ConfigureAwait(false);
    }

    /// <summary>Closes the connection, for all sockets; they do not reconnect by themselves.</summary>
    public void Disconnect()
    {
        lock (Gate)
        {
            CloseCore();
            FailConnects(new SocketDisconnectedException(DisconnectReasons.ForcedClose));
        }
    }

    /// <summary>Opens, where closed.</summary>
    internal void OpenCore(bool isReconnection, bool isCalled)
    {
        LogReadyState(_log, NameOf(_state));
        if (_state != SocketManagerState.Closed) return;
        LogOpening(_log, Source);
        var turn = Cleanup(isLogged: false);
        _skipReconnect = false;
        EngineClient engine;
        try
        {
            engine = new EngineClient(Uri, Options);
        }
        catch (Exception exception)
        {
            // Options that were changed since the manager was made.
            OnAttemptFailed(isReconnection, isCalled, new SocketConnectException(ConnectErrorKind.Transport, exception.Message, exception));
            return;
        }

        var connection = new Connection(this, engine, isReconnection, isCalled);
        engine.Handler = connection;
        Volatile.Write(ref _connection, connection);
        _state = SocketManagerState.Opening;
        if (Options.ConnectTimeout is { } timeout)
        {
            LogWillTimeOut(_log, (long)timeout.TotalMilliseconds);
            _timer = Options.TimeProvider.CreateTimer(_ => OnAttemptTimeout(turn, timeout), null, timeout, System.Threading.Timeout.InfiniteTimeSpan);
        }

        engine.Open();
    }

    internal void OnEngineOpen(Connection connection)
    {
        lock (Gate)
        {
            if (connection != _connection || _state != SocketManagerState.Opening) return;
            LogOpen(_log);
            Cleanup();
            _state = SocketManagerState.Open;
            Raise(_opened, "open");
            foreach (var socket in ActiveSockets()) socket.OnTransportOpen();
            foreach (var waiter in _openWaiters) waiter.TrySetResult(true);
            _openWaiters.Clear();
            if (!connection.IsReconnection) return;
            LogReconnectSuccess(_log);
            var attempt = _backoff.Attempts;
            _reconnecting = false;
            _backoff.Reset();
            Raise(_reconnected, attempt, "reconnect");
        }
    }

    internal void OnEnginePing(Connection connection)
    {
        lock (Gate)
        {
            // Where the application is that far behind, a flood of pings is not to fill the memory.
            if (connection == _connection && IsOpen && Dispatcher.Backlog < MaxBacklog) Raise(_pinged, "ping");
        }
    }

    internal void OnEngineClosed(Connection connection, string reason, EngineClientException? error)
    {
        lock (Gate)
        {
            if (connection != _connection) return;
            if (_state == SocketManagerState.Opening)
            {
                OnAttemptFailed(connection, error is null
                    ? new SocketConnectException(ConnectErrorKind.Transport, reason)
                    : new SocketConnectException(ConnectErrorKind.Transport, error.Message, error));
                return;
            }

            if (reason == DisconnectReasons.TransportError && error is not null)
            {
                LogErrorWith(_log, error);
                var failure = new SocketConnectException(ConnectErrorKind.Transport, error.Message, error);
                foreach (var socket in ActiveSockets()) socket.OnConnectionError(failure);
                Raise(_error, failure, "error");
            }

            Close(reason, error);
        }
    }

    internal ValueTask ReceiveAsync(Connection connection, EngineMessage message, ref DecoderState decoder)
    {
        DecodeStatus status;
        Packet packet;
        try
        {
            status = Parser.Decode(message, ref decoder, out packet);
        }
        catch (Exception exception)
        {
            // A parser of the application's.
            lock (Gate)
            {
                if (connection == _connection && IsOpen) Close(DisconnectReasons.ParseError, exception);
            }

            return default;
        }

        if (status == DecodeStatus.NeedMore) return default;
        lock (Gate)
        {
            // A packet of a connection that was given up.
            if (connection != _connection || !IsOpen) return default;
            if (status == DecodeStatus.Malformed)
            {
                Close(DisconnectReasons.ParseError, new FormatException(decoder.Error ?? "malformed packet"));
                return default;
            }

            try
            {
                if (!_packet.IsEmpty) RaisePacket(packet);
                return _sockets.TryGetValue(packet.Namespace, out var socket) ? socket.Receive(connection, packet) : default;
            }
            catch (Exception exception)
            {
                // What a parser of the application's gave for a packet is none.
                Close(DisconnectReasons.ParseError, exception);
                return default;
            }
        }
    }

    // A copy of each packet waits for the dispatcher: no more of them than may wait of a socket's events.
    private void RaisePacket(in Packet packet)
    {
        if (Dispatcher.Backlog >= MaxBacklog || Interlocked.Read(ref _packetBytes) >= Options.MaxQueuedEventBytes) return;
        var data = packet.Data.Copy();
        Interlocked.Add(ref _packetBytes, data.Size());
        Raise(_packet, new Packet(packet.Type, packet.Namespace, data, packet.Id), "packet");
        Dispatcher.Post(static (manager, size) => Interlocked.Add(ref ((SocketManager)manager)._packetBytes, -(long)size!), this, data.Size());
    }

    /// <summary>A socket gave up; the connection goes with the last one.</summary>
    internal void OnSocketInactive()
    {
        foreach (var socket in _sockets.Values)
        {
            if (!socket.IsActive) continue;
            LogStillActive(_log, socket.Namespace);
            return;
        }

        CloseCore();
    }

    private void CloseCore()
    {
        LogDisconnect(_log);
        _skipReconnect = true;
        _reconnecting = false;
        Close(DisconnectReasons.ForcedClose, details: null);
    }

    private void Close(string reason, Exception? details)
    {
        LogClosed(_log, reason);
        Cleanup();
        var connection = _connection;
        Volatile.Write(ref _connection, null);
        _backoff.Reset();
        _state = SocketManagerState.Closed;
        foreach (var socket in ActiveSockets()) socket.OnConnectionClosed(new DisconnectInfo(reason, details));
        Raise(_closed, new DisconnectInfo(reason, details), "close");
        FailOpenWaiters(new SocketDisconnectedException(reason));
        connection?.Engine.Close();
        if (_skipReconnect) return;
        if (Options.Reconnection) Reconnect();
        else FailConnects(new SocketDisconnectedException(reason));
    }

    private void OnAttemptTimeout(int turn, TimeSpan timeout)
    {
        lock (Gate)
        {
            if (turn != _turn || _connection is not { } connection || _state != SocketManagerState.Opening) return;
            LogTimedOut(_log, (long)timeout.TotalMilliseconds);
            OnAttemptFailed(connection, new SocketConnectException(ConnectErrorKind.Timeout, "timeout"));
            connection.Engine.Abort();
        }
    }

    private void OnAttemptFailed(Connection connection, SocketConnectException error) => OnAttemptFailed(connection.IsReconnection, connection.IsCalled, error);

    private void OnAttemptFailed(bool isReconnection, bool isCalled, SocketConnectException error)
    {
        LogError(_log);
        Cleanup();
        Volatile.Write(ref _connection, null);
        _state = SocketManagerState.Closed;
        foreach (var socket in ActiveSockets()) socket.OnConnectionError(error);
        Raise(_error, error, "error");
        FailOpenWaiters(error);
        if (isReconnection) OnReconnectionFailed(error);
        else if (!isCalled) ReconnectAfterFirstFailure();
        if (!_reconnecting || Options.FailFast) FailConnects(error);
    }

    private void FailConnects(Exception error)
    {
        foreach (var socket in _sockets.Values) socket.FailConnect(error);
    }

    private void FailOpenWaiters(Exception error)
    {
        foreach (var waiter in _openWaiters)
        {
            waiter.TrySetException(error);
            // Whoever stopped waiting for it leaves nobody to see the failure.
            _ = waiter.Task.Exception;
        }

        _openWaiters.Clear();
    }

    /// <summary>Ends the timer of the present state.</summary>
    private int Cleanup(bool isLogged = true)
    {
        if (isLogged) LogCleanup(_log);
        _timer?.Dispose();
        _timer = null;
        return ++_turn;
    }

    // A copy: a socket that is told may leave.
    private ClientSocket[] ActiveSockets() => [.. _sockets.Values.Where(static socket => socket.IsActive)];

    private static string NameOf(SocketManagerState state) => state switch
    {
        SocketManagerState.Opening => "opening",
        SocketManagerState.Open => "open",
        _ => "closed",
    };
}
