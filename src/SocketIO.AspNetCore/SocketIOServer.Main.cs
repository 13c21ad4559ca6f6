namespace SocketIO.AspNetCore;

// What is said of the main namespace.
public sealed partial class SocketIOServer
{
    /// <inheritdoc cref="ServerNamespace.Volatile"/>
    public BroadcastOperator Volatile => Sockets.Volatile;

    /// <inheritdoc cref="ServerNamespace.Local"/>
    public BroadcastOperator Local => Sockets.Local;

    /// <inheritdoc cref="ServerNamespace.ServerSide"/>
    public ServerSideEvents ServerSide => Sockets.ServerSide;

    /// <inheritdoc cref="ServerNamespace.OnConnection"/>
    public IDisposable OnConnection(Func<ServerSocket, ValueTask> handler) => Sockets.OnConnection(handler);

    /// <inheritdoc cref="ServerNamespace.PrependConnection"/>
    public IDisposable PrependConnection(Func<ServerSocket, ValueTask> handler) => Sockets.PrependConnection(handler);

    /// <inheritdoc cref="ServerNamespace.Use"/>
    public IDisposable Use(Func<ServerSocket, Func<ValueTask>, ValueTask> middleware) => Sockets.Use(middleware);

    /// <inheritdoc cref="ServerNamespace.To(string)"/>
    public BroadcastOperator To(string room) => Sockets.To(room);

    /// <inheritdoc cref="ServerNamespace.To(IEnumerable{string})"/>
    public BroadcastOperator To(IEnumerable<string> rooms) => Sockets.To(rooms);

    /// <inheritdoc cref="ServerNamespace.To(string)"/>
    public BroadcastOperator In(string room) => Sockets.To(room);

    /// <inheritdoc cref="ServerNamespace.To(IEnumerable{string})"/>
    public BroadcastOperator In(IEnumerable<string> rooms) => Sockets.To(rooms);

    /// <inheritdoc cref="ServerNamespace.Except(string)"/>
    public BroadcastOperator Except(string room) => Sockets.Except(room);

    /// <inheritdoc cref="ServerNamespace.Except(IEnumerable{string})"/>
    public BroadcastOperator Except(IEnumerable<string> rooms) => Sockets.Except(rooms);

    /// <inheritdoc cref="ServerNamespace.Compress"/>
    public BroadcastOperator Compress(bool compress) => Sockets.Compress(compress);

    /// <inheritdoc cref="BroadcastOperator.Timeout"/>
    public BroadcastOperator Timeout(TimeSpan timeout) => Sockets.Timeout(timeout);

    /// <inheritdoc cref="ServerNamespace.EmitArgumentsAsync"/>
    public ValueTask EmitArgumentsAsync(string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default) =>
        Sockets.EmitArgumentsAsync(eventName, arguments, cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.AllSocketsAsync"/>
    public ValueTask<IReadOnlyCollection<string>> AllSocketsAsync(CancellationToken cancellationToken = default) => Sockets.AllSocketsAsync(cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.FetchSocketsAsync"/>
    public ValueTask<FetchedSockets> FetchSocketsAsync(CancellationToken cancellationToken = default) => Sockets.FetchSocketsAsync(cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.CountAsync"/>
    public ValueTask<SocketCount> CountAsync(CancellationToken cancellationToken = default) => Sockets.CountAsync(cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.ExistsAsync"/>
    public ValueTask<SocketPresence> ExistsAsync(CancellationToken cancellationToken = default) => Sockets.ExistsAsync(cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.SocketsJoinAsync(string, CancellationToken)"/>
    public ValueTask SocketsJoinAsync(string room, CancellationToken cancellationToken = default) => Sockets.SocketsJoinAsync(room, cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.SocketsJoinAsync(IEnumerable{string}, CancellationToken)"/>
    public ValueTask SocketsJoinAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default) =>
        Sockets.SocketsJoinAsync(rooms, cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.SocketsLeaveAsync(string, CancellationToken)"/>
    public ValueTask SocketsLeaveAsync(string room, CancellationToken cancellationToken = default) => Sockets.SocketsLeaveAsync(room, cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.SocketsLeaveAsync(IEnumerable{string}, CancellationToken)"/>
    public ValueTask SocketsLeaveAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default) =>
        Sockets.SocketsLeaveAsync(rooms, cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.DisconnectSocketsAsync"/>
    public ValueTask DisconnectSocketsAsync(bool close = false, CancellationToken cancellationToken = default) =>
        Sockets.DisconnectSocketsAsync(close, cancellationToken);
}
