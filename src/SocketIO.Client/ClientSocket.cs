using EngineIO.Client;
using Microsoft.Extensions.Logging;
using SocketIO.Client.Internal;
using SocketIO.Events;

namespace SocketIO.Client;

/// <summary>A client's side of one namespace.</summary>
/// <remarks>
/// <para>All members are thread-safe. Events are handled in the order in which they came, one at a time: the next one waits for the task that a handler returned.
/// Acknowledgements, connections and disconnections wait for no handler. See <see cref="SocketManager"/> for where handlers run.</para>
/// <para>Source: https://socket.io/docs/v4/client-socket-instance/</para>
/// </remarks>
public sealed partial class ClientSocket : EventSource, IAckEmitter, IListenerErrorHandler, IAsyncDisposable
{
    private readonly ILogger _log;
    private readonly EventQueue _events;
    private readonly int _retries;
    private readonly TimeSpan? _ackTimeout;

    // Guarded by Gate.
    private bool _isActive;
    private bool _isDisposed;
    private volatile Grant? _grant;
    private Connection? _requested;
    private string? _privateId;
    private string? _lastOffset;

    internal ClientSocket(SocketManager manager, string ns, ClientSocketOptions options)
        : base(manager.Serializer)
    {
        Manager = manager;
        Namespace = ns;
        Auth = options.Auth;
        AuthProvider = options.AuthProvider;
        _retries = options.Retries;
        _ackTimeout = options.AckTimeout;
        _log = manager.Loggers.Socket;
        _events = new EventQueue(this, manager.Dispatcher, manager.Options.MaxQueuedEvents, manager.Options.MaxQueuedEventBytes);
    }

    /// <summary>The manager (<c>socket.io</c>).</summary>
    public SocketManager Manager { get; }

    /// <summary>The namespace (<c>socket.nsp</c>).</summary>
    public string Namespace { get; }

    /// <summary>The id, which is the server's socket's too; null where the socket is not connected. It changes with each connection that is not recovered.</summary>
    public string? Id => _grant?.Id;

    /// <summary>Whether the server has let the socket in.</summary>
    public bool Connected => _grant is not null;

    /// <summary>The opposite of <see cref="Connected"/>.</summary>
    public bool Disconnected => !Connected;

    /// <summary>Whether the socket is connected or will connect by itself as soon as it can.</summary>
    public bool Active
    {
        get
        {
            lock (Gate) return _isActive;
        }
    }

    /// <summary>Whether the last connection took up the session before it, with its id, its rooms and what was missed
    /// (https://socket.io/docs/v4/connection-state-recovery).</summary>
    public bool Recovered { get; private set; }

    /// <summary>The credentials, an object that is sent each time the socket connects. Read at that moment.</summary>
    public object? Auth { get; set; }

    /// <summary>Gives the credentials each time the socket connects; goes before <see cref="Auth"/>. Where it fails, so does that attempt, with a connect error.</summary>
    public Func<CancellationToken, ValueTask<object?>>? AuthProvider { get; set; }

    /// <summary>How many events wait for the socket to be connected.</summary>
    public int BufferedEvents
    {
        get
        {
            lock (Gate) return _sendBuffer.Count + _queue.Count;
        }
    }

    internal object Gate => Manager.Gate;

    /// <summary>Whether it has not given up. Guarded by <see cref="Gate"/>.</summary>
    internal bool IsActive => _isActive;

    /// <summary>Whether acknowledgements are awaited, which come behind whatever is still to be read.</summary>
    internal bool AwaitsAck => _pendingAcks > 0;

    void IListenerErrorHandler.OnListenerError(string eventName, Exception exception) => Manager.ReportHandlerError(exception, this, eventName);

    /// <summary>Disconnects, waits until the goodbye is written, for <see cref="EngineClientOptions.CloseTimeout"/> at the most, and removes the handlers. Whatever still waits
    /// for an acknowledgement fails. Calling it again does no more.</summary>
    public async ValueTask DisposeAsync()
    {
        EngineClient? engine;
        bool isLast;
        lock (Gate)
        {
            engine = Manager.Connection?.Engine;
            DisposeCore();
            isLast = Manager.Connection?.Engine != engine;
        }

        Manager.OnSocketDisposed();
        await Manager.WhenQuietAsync(isLast ? engine : null).ConfigureAwait(false);
        Silence();
    }

    /// <summary>Ends the socket for good. Under the gate.</summary>
    internal void DisposeCore()
    {
        if (_isDisposed) return;
        Leave();
        _isDisposed = true;
        var error = new ObjectDisposedException(nameof(ClientSocket));
        FailConnect(error);
        FailAllAcks(error);
        _events.Close();
        Manager.Remove(this);
    }

    /// <summary>Nothing is raised any more.</summary>
    internal void Silence()
    {
        Off();
        OffAny();
        OffAnyOutgoing();
        _connected.Clear();
        _connectError.Clear();
        _disconnected.Clear();
    }

    private void ThrowIfDisposed()
    {
        if (_isDisposed) throw new ObjectDisposedException(nameof(ClientSocket));
    }

    /// <summary>What the server let in, and over which connection.</summary>
    private sealed class Grant(ClientSocket socket, Connection connection, string id) : IAckTarget
    {
        public Connection Connection { get; } = connection;

        public string Id { get; } = id;

        public ValueTask SendAckAsync(long id, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default) =>
            socket.SendAckAsync(this, id, arguments, cancellationToken);
    }
}
