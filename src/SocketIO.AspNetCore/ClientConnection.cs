using EngineIO;
using EngineIO.AspNetCore;
using Microsoft.Extensions.Logging;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore;

/// <summary>One client: an Engine.IO session and the sockets that share it, one per namespace.</summary>
/// <remarks>Thread-safe. <c>_gate</c> guards the list of sockets, the pending CONNECTs and <c>_isClosed</c>; nothing is called while it is held. The list of sockets is copied
/// on write, in the order of joining, so that the reading thread finds a socket without the lock. Messages come from one thread at a time (see
/// <see cref="IEngineSessionHandler"/>), <see cref="IEngineSessionHandler.OnClosed"/> from any.</remarks>
public sealed partial class ClientConnection : IEngineSessionHandler
{
    private readonly object _gate = new();
    private List<string>? _joining;
    private ITimer? _connectTimer;
    private volatile ServerSocket[] _sockets = [];
    private volatile bool _isClosed;
    private int _awaitedAcks;

    internal ClientConnection(SocketIOServer server, EngineSession session)
    {
        Server = server;
        Session = session;
        _log = server.Loggers.Client;
        var timeout = server.Options.ConnectTimeout > TimeSpan.Zero ? server.Options.ConnectTimeout : SocketIOOptions.DefaultConnectTimeout;
        _connectTimer = server.TimeProvider.CreateTimer(
            static connection => ((ClientConnection)connection!).OnConnectTimeout(), this, timeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The server.</summary>
    public SocketIOServer Server { get; }

    /// <summary>The session.</summary>
    public EngineSession Session { get; }

    /// <summary>The connected sockets at this moment, in the order of joining.</summary>
    public IReadOnlyList<ServerSocket> Sockets => _sockets;

    internal bool IsV2 => Session.Revision == EngineRevision.V3;

    internal bool IsOpen => !_isClosed && Session.State == EngineSessionState.Open;

    /// <summary>Whether the application awaits an acknowledgement of this client.</summary>
    internal bool AwaitsAck => Volatile.Read(ref _awaitedAcks) > 0;

    internal void AckBegan()
    {
        if (Interlocked.Increment(ref _awaitedAcks) != 1) return;
        // The acknowledgement must be read, however many events wait before it.
        foreach (var socket in _sockets) socket.ReleaseReader();
    }

    internal void AcksEnded(int count) => Interlocked.Add(ref _awaitedAcks, -count);

    /// <summary>Makes a socket one of the connected: the moment after which the end of the session ends the socket.</summary>
    /// <returns>False where the session is over.</returns>
    internal bool TryAdd(ServerSocket socket)
    {
        lock (_gate)
        {
            RemoveJoining(socket.Namespace.Name);
            if (_isClosed) return false;
            _sockets = [.. _sockets, socket];
        }

        StopConnectTimer();
        return true;
    }

    internal void Remove(ServerSocket socket)
    {
        lock (_gate) _sockets = [.. _sockets.Where(other => other != socket)];
    }

    /// <summary>A CONNECT has come to nothing.</summary>
    internal void ForgetConnect(string ns)
    {
        lock (_gate) RemoveJoining(ns);
    }

    /// <summary>Disconnects all sockets and closes the session.</summary>
    internal void Disconnect()
    {
        foreach (var socket in _sockets) socket.Close(new DisconnectInfo(DisconnectReasons.ServerNamespaceDisconnect, null), isFarewell: true);
        Close();
    }

    /// <summary>Ends all sockets because the server shuts down, without a word to the client, and closes the session behind what is queued: the client
    /// reconnects.</summary>
    internal void ShutDown()
    {
        foreach (var socket in _sockets) socket.Close(new DisconnectInfo(DisconnectReasons.ServerShuttingDown, null));
        Close();
    }

    /// <summary>Closes the session; what is already written is still delivered.</summary>
    internal void Close()
    {
        if (Session.State != EngineSessionState.Open) return;
        LogForcing(_log);
        Session.Close();
        // Does nothing where the transport could close at once, for then it has been said with the session's own reason.
        OnClosed(DisconnectReasons.ForcedServerClose, null);
    }

    private void OnClosed(string reason, Exception? error)
    {
        ServerSocket[] sockets;
        lock (_gate)
        {
            if (_isClosed) return;
            _isClosed = true;
            sockets = _sockets;
        }

        LogClosed(_log, reason);
        _decoder = null;
        StopConnectTimer();
        foreach (var socket in sockets) socket.Close(new DisconnectInfo(reason, error));
    }

    private void RemoveJoining(string ns)
    {
        if (_joining is null) return;
        _joining.Remove(ns);
        if (_joining.Count == 0) _joining = null;
    }

    private void StopConnectTimer() => Interlocked.Exchange(ref _connectTimer, null)?.Dispose();

    private void OnConnectTimeout()
    {
        if (_sockets.Length > 0)
        {
            LogAlreadyJoined(_log);
            return;
        }

        LogNothingJoined(_log);
        Close();
    }

    internal void LogIgnoredWrite(in Packet packet)
    {
        if (_log.IsEnabled(LogLevel.Trace)) LogIgnoredWrite(_log, new PacketText(packet, isSent: true));
    }

    internal void LogVolatileDiscarded() => LogVolatileDiscarded(_log);
}
