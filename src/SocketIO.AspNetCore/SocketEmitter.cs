namespace SocketIO.AspNetCore;

/// <summary>A socket and how to emit to it. Immutable and thread-safe; every modifier gives a new one.</summary>
public sealed class SocketEmitter : IAckEmitter
{
    private readonly ServerSocket _socket;
    private readonly BroadcastFlags _flags;
    private readonly TimeSpan? _timeout;

    internal SocketEmitter(ServerSocket socket, BroadcastFlags flags, TimeSpan? timeout = null)
    {
        _socket = socket;
        _flags = flags;
        _timeout = timeout;
    }

    /// <summary>The event is dropped where the transport cannot write at this moment.</summary>
    public SocketEmitter Volatile => new(_socket, _flags | BroadcastFlags.Volatile, _timeout);

    /// <summary>All sockets of the namespace but this one.</summary>
    public BroadcastOperator Broadcast => _socket.Broadcasting(_flags, _timeout);

    /// <summary>All sockets of this server in the namespace but this one.</summary>
    public BroadcastOperator Local => Broadcast.Local;

    /// <summary>Whether the packet may be compressed, where the transport compresses. Default: true.</summary>
    /// <param name="compress">Whether it may.</param>
    public SocketEmitter Compress(bool compress) =>
        new(_socket, compress ? _flags & ~BroadcastFlags.NoCompression : _flags | BroadcastFlags.NoCompression, _timeout);

    /// <summary>Fails an emit that is not acknowledged in time with an <see cref="AckTimeoutException"/>, a broadcast with a
    /// <see cref="BroadcastTimeoutException"/>.</summary>
    /// <param name="timeout">How long the acknowledgement may take; zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    public SocketEmitter Timeout(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        return new(_socket, _flags, timeout);
    }

    /// <inheritdoc cref="ServerSocket.To(string)"/>
    public BroadcastOperator To(string room) => Broadcast.To(room);

    /// <inheritdoc cref="ServerSocket.To(IEnumerable{string})"/>
    public BroadcastOperator To(IEnumerable<string> rooms) => Broadcast.To(rooms);

    /// <inheritdoc cref="ServerSocket.To(string)"/>
    public BroadcastOperator In(string room) => Broadcast.To(room);

    /// <inheritdoc cref="ServerSocket.To(IEnumerable{string})"/>
    public BroadcastOperator In(IEnumerable<string> rooms) => Broadcast.To(rooms);

    /// <inheritdoc cref="ServerSocket.Except(string)"/>
    public BroadcastOperator Except(string room) => Broadcast.Except(room);

    /// <inheritdoc cref="ServerSocket.Except(IEnumerable{string})"/>
    public BroadcastOperator Except(IEnumerable<string> rooms) => Broadcast.Except(rooms);

    /// <inheritdoc/>
    public ValueTask EmitArgumentsAsync(string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default) =>
        _socket.EmitAsync(eventName, arguments, ackId: null, _flags, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="AckTimeoutException">The acknowledgement did not come in time.</exception>
    /// <exception cref="SocketDisconnectedException">The socket was disconnected before the acknowledgement came.</exception>
    public Task<EventArguments> EmitArgumentsWithAckAsync(
        string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default) =>
        _socket.EmitWithAckAsync(eventName, arguments, _flags, _timeout, cancellationToken);
}
