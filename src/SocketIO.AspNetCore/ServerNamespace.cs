using System.Collections.Concurrent;
using SocketIO.AspNetCore.Adapters;
using SocketIO.Events;

namespace SocketIO.AspNetCore;

/// <summary>A namespace: a channel of its own over the clients' shared connections, with its own middlewares, handlers, rooms and sockets.</summary>
/// <remarks>
/// <para>A handler of events that is registered here is called for all sockets, before those of the socket; give it a parameter of type <see cref="ServerSocket"/> to learn
/// which one it is.</para>
/// <para>Thread-safe. Sockets are in concurrent dictionaries, handlers and middlewares in lists that are copied on write, the acknowledgement ids are counted with an
/// interlocked operation; the one lock is about the snapshot of the sockets.</para>
/// <para>Source: https://socket.io/docs/v4/namespaces/.</para>
/// </remarks>
public partial class ServerNamespace : EventSource, IEventEmitter, IServerSideEmitter
{
    private readonly ConcurrentDictionary<string, ServerSocket> _sockets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ServerSocket, byte> _connecting = new();

    // The sockets as broadcasts go through them; null when they have changed.
    private readonly object _snapshotGate = new();
    private volatile ServerSocket[]? _snapshot;
    private readonly HandlerList<Func<ServerSocket, ValueTask>> _connectionHandlers;
    private readonly HandlerList<Func<ServerSocket, Func<ValueTask>, ValueTask>> _middlewares;
    private readonly BroadcastOperator _everybody;
    private long _lastAckId = -1;

    /// <summary>Makes a namespace; a child begins with a copy of what its parent has been told.</summary>
    internal ServerNamespace(SocketIOServer server, string name, Func<ServerNamespace, IAdapter> adapter, ParentNamespace? parent = null)
        : base(server.Serializer)
    {
        Server = server;
        Name = name;
        _log = server.Loggers.Namespace;
        _parent = parent;
        _connectionHandlers = parent?._connectionHandlers.Copy() ?? new();
        _middlewares = parent?._middlewares.Copy() ?? new();
        if (parent is not null) CopyHandlers(parent);
        _everybody = new BroadcastOperator(this, BroadcastOptions.All);
        ServerSide = new ServerSideEvents(this);
        _adapter = adapter(this);
        _adapterEnd = new(() => CloseAsync(_adapter));
    }

    /// <summary>The name; begins with a slash.</summary>
    public string Name { get; }

    /// <summary>The server.</summary>
    public SocketIOServer Server { get; }

    /// <summary>Keeps the rooms and carries the broadcasts.</summary>
    public IAdapter Adapter => _adapter;

    /// <summary>The events between the servers of a cluster.</summary>
    public ServerSideEvents ServerSide { get; }

    /// <summary>The connected sockets of this server by id. A live view: safe to enumerate while sockets come and go.</summary>
    public IReadOnlyDictionary<string, ServerSocket> Sockets => _sockets;

    /// <summary>Emits are dropped for sockets that cannot be written to at this moment.</summary>
    public BroadcastOperator Volatile => _everybody.Volatile;

    /// <summary>The sockets of this server only.</summary>
    public BroadcastOperator Local => _everybody.Local;

    internal ConcurrentDictionary<string, ServerSocket> LocalSockets => _sockets;

    /// <summary>The handlers that all sockets share; null for none.</summary>
    internal ListenerTable? SharedListeners => Listeners;

    internal int ConnectingCount => _connecting.Count;

    /// <summary>Calls a handler for each socket that connects. Events of the client wait until its synchronous part has run, so register their handlers there, before the
    /// first <see langword="await"/> that really waits.</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable OnConnection(Func<ServerSocket, ValueTask> handler) => _connectionHandlers.Add(handler);

    /// <summary>Calls a handler for each socket that connects, before the handlers that are registered already.</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public IDisposable PrependConnection(Func<ServerSocket, ValueTask> handler) => _connectionHandlers.Add(handler, prepend: true);

    /// <summary>Adds a middleware, which runs for each client that asks for the namespace, in the order of registration. It lets the client in by calling <c>next</c> and
    /// refuses it by throwing a <see cref="ConnectionRefusedException"/>; any other exception, and returning without a call of <c>next</c>, refuses it too.</summary>
    /// <param name="middleware">The middleware; its second parameter is <c>next</c>, which completes when the middlewares that follow have.</param>
    /// <returns>A subscription; disposing it removes the middleware.</returns>
    public IDisposable Use(Func<ServerSocket, Func<ValueTask>, ValueTask> middleware) => _middlewares.Add(middleware);

    /// <summary>The members of a room.</summary>
    /// <param name="room">The room, or the id of a socket.</param>
    public BroadcastOperator To(string room) => _everybody.To(room);

    /// <summary>The members of rooms.</summary>
    /// <param name="rooms">The rooms.</param>
    public BroadcastOperator To(IEnumerable<string> rooms) => _everybody.To(rooms);

    /// <inheritdoc cref="To(string)"/>
    public BroadcastOperator In(string room) => _everybody.To(room);

    /// <inheritdoc cref="To(IEnumerable{string})"/>
    public BroadcastOperator In(IEnumerable<string> rooms) => _everybody.To(rooms);

    /// <summary>All sockets but the members of a room.</summary>
    /// <param name="room">The room, or the id of a socket.</param>
    public BroadcastOperator Except(string room) => _everybody.Except(room);

    /// <summary>All sockets but the members of rooms.</summary>
    /// <param name="rooms">The rooms.</param>
    public BroadcastOperator Except(IEnumerable<string> rooms) => _everybody.Except(rooms);

    /// <summary>Whether packets may be compressed, where the transport compresses. Default: true.</summary>
    /// <param name="compress">Whether they may.</param>
    public BroadcastOperator Compress(bool compress) => _everybody.Compress(compress);

    /// <inheritdoc cref="BroadcastOperator.Timeout"/>
    public BroadcastOperator Timeout(TimeSpan timeout) => _everybody.Timeout(timeout);

    /// <summary>Sends an event to all sockets.</summary>
    /// <inheritdoc/>
    public ValueTask EmitArgumentsAsync(string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default) =>
        _everybody.EmitArgumentsAsync(eventName, arguments, cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.AllSocketsAsync"/>
    public ValueTask<IReadOnlyCollection<string>> AllSocketsAsync(CancellationToken cancellationToken = default) => _everybody.AllSocketsAsync(cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.FetchSocketsAsync"/>
    public ValueTask<FetchedSockets> FetchSocketsAsync(CancellationToken cancellationToken = default) => _everybody.FetchSocketsAsync(cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.CountAsync"/>
    public ValueTask<SocketCount> CountAsync(CancellationToken cancellationToken = default) => _everybody.CountAsync(cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.ExistsAsync"/>
    public ValueTask<SocketPresence> ExistsAsync(CancellationToken cancellationToken = default) => _everybody.ExistsAsync(cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.SocketsJoinAsync(string, CancellationToken)"/>
    public ValueTask SocketsJoinAsync(string room, CancellationToken cancellationToken = default) => _everybody.SocketsJoinAsync(room, cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.SocketsJoinAsync(IEnumerable{string}, CancellationToken)"/>
    public ValueTask SocketsJoinAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default) =>
        _everybody.SocketsJoinAsync(rooms, cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.SocketsLeaveAsync(string, CancellationToken)"/>
    public ValueTask SocketsLeaveAsync(string room, CancellationToken cancellationToken = default) => _everybody.SocketsLeaveAsync(room, cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.SocketsLeaveAsync(IEnumerable{string}, CancellationToken)"/>
    public ValueTask SocketsLeaveAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default) =>
        _everybody.SocketsLeaveAsync(rooms, cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.DisconnectSocketsAsync"/>
    public ValueTask DisconnectSocketsAsync(bool close = false, CancellationToken cancellationToken = default) =>
        _everybody.DisconnectSocketsAsync(close, cancellationToken);

    /// <summary>The next acknowledgement id: one counter for all sockets of the namespace.</summary>
    internal long NextAckId() => Interlocked.Increment(ref _lastAckId);

    /// <summary>Ends all sockets of the server in this namespace.</summary>
    internal void CloseSockets(DisconnectInfo info, ICollection<Task> pending)
    {
        foreach (var (_, socket) in _sockets) socket.Close(info, pending: pending);
    }

    /// <summary>The connected sockets of this server at this moment: an array that never changes, made once per change.</summary>
    internal ServerSocket[] SnapshotSockets()
    {
        if (_snapshot is { } snapshot) return snapshot;
        lock (_snapshotGate) return _snapshot ??= [.. _sockets.Select(static pair => pair.Value)];
    }

    internal void Add(ServerSocket socket)
    {
        _connecting.TryRemove(socket, out _);
        _sockets[socket.Id] = socket;
        ForgetSnapshot();
    }

    internal void Remove(ServerSocket socket)
    {
        _sockets.TryRemove(KeyValuePair.Create(socket.Id, socket));
        ForgetSnapshot();
        Leave();
    }

    /// <summary>A socket was not let in.</summary>
    internal void Forget(ServerSocket socket, bool isReplaced)
    {
        _connecting.TryRemove(socket, out _);
        _sockets.TryRemove(KeyValuePair.Create(socket.Id, socket));
        ForgetSnapshot();
        if (!isReplaced) Leave();
    }

    // After the change, and not while a snapshot is made that may lack it.
    private void ForgetSnapshot()
    {
        lock (_snapshotGate) _snapshot = null;
    }

    /// <summary>Whether another socket has taken the id over, as a 2.x client's next one does.</summary>
    internal bool HasOther(ServerSocket socket) =>
        (_sockets.TryGetValue(socket.Id, out var other) && other != socket) || _connecting.Keys.Any(connecting => connecting != socket && connecting.Id == socket.Id);
}
