using SocketIO.Client.Internal;

namespace SocketIO.Client;

/// <summary>A socket and how to emit to it. Immutable and thread-safe; every modifier gives a new one.</summary>
public sealed class ClientSocketEmitter : IAckEmitter
{
    private readonly ClientSocket _socket;
    private readonly EmitSettings _settings;

    internal ClientSocketEmitter(ClientSocket socket, EmitSettings settings)
    {
        _socket = socket;
        _settings = settings;
    }

    /// <summary>The event is dropped where the transport cannot write at this moment.</summary>
    public ClientSocketEmitter Volatile => new(_socket, _settings with { IsVolatile = true });

    /// <summary>Whether the packet may be compressed, where the transport compresses. Default: true.</summary>
    /// <param name="compress">Whether it may.</param>
    public ClientSocketEmitter Compress(bool compress) => new(_socket, _settings with { IsUncompressed = !compress });

    /// <summary>Fails an emit that is not acknowledged in time with an <see cref="AckTimeoutException"/>. The time runs from the call, also while the socket is not connected;
    /// an event that was not sent by then is not sent any more.</summary>
    /// <param name="timeout">How long the acknowledgement may take; zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    public ClientSocketEmitter Timeout(TimeSpan timeout)
    {
        if (timeout < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "A timeout is zero or more.");
        return new(_socket, _settings with { Timeout = timeout });
    }

    /// <inheritdoc cref="ClientSocket.Emit"/>
    public void Emit(string eventName, params ReadOnlySpan<object?> arguments) => _socket.EmitWith(eventName, arguments, _settings);

    /// <inheritdoc/>
    public ValueTask EmitArgumentsAsync(string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default) =>
        _socket.EmitAsync(eventName, arguments, _settings, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="AckTimeoutException">The acknowledgement did not come in time.</exception>
    /// <exception cref="SocketDisconnectedException">The socket was disconnected before the acknowledgement came.</exception>
    public Task<EventArguments> EmitArgumentsWithAckAsync(
        string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default) =>
        _socket.EmitWithAckAsync(eventName, arguments, _settings, cancellationToken);
}
