using SocketIO.Cluster;
using SocketIO.Json;
using StackExchange.Redis;

namespace SocketIO.Redis.Emitters;

/// <summary>Speaks to the sockets, and the servers, of a cluster from a process that serves no sockets. Its own methods are those of the main namespace.</summary>
/// <remarks>
/// <para>Tasks complete when Redis has taken the message; nobody knows whom it reaches. While Redis is away they fail with a <see cref="RedisException"/>.</para>
/// <para>Thread-safe. Disposing it ends the connection that it made itself, if any.</para>
/// </remarks>
public abstract class ClusterEmitter : IEventEmitter, IServerSideTarget, IAsyncDisposable
{
    private readonly EmitterOptions _options;
    private readonly Lazy<Task<IConnectionMultiplexer>> _connecting;
    private readonly EmitterOperator _main;
    private int _isDisposed;

    private protected ClusterEmitter(EmitterOptions options)
    {
        options.Validate();
        _options = options;
        Serializer = options.SerializerOptions is null ? PayloadSerializer.Default : new PayloadSerializer(options.SerializerOptions);
        _connecting = new(ConnectAsync);
        _main = new EmitterOperator(this, SocketProtocol.MainNamespace, BroadcastOptions.All);
    }

    /// <summary>Sockets that cannot be written to when the event comes do not get it.</summary>
    public EmitterOperator Volatile => _main.Volatile;

    /// <summary>Sends events to the servers.</summary>
    public IEventEmitter ServerSide => _main.ServerSide;

    internal PayloadSerializer Serializer { get; }

    /// <summary>All sockets of a namespace.</summary>
    /// <param name="ns">The namespace; its leading slash may be left out.</param>
    public EmitterOperator Of(string ns)
    {
        ArgumentNullException.ThrowIfNull(ns);
        return new EmitterOperator(this, ns.StartsWith('/') ? ns : $"/{ns}", BroadcastOptions.All);
    }

    /// <summary>The members of a room.</summary>
    /// <param name="room">The room, or the id of a socket.</param>
    public EmitterOperator To(string room) => _main.To(room);

    /// <summary>The members of rooms; a socket in several of them gets an event once.</summary>
    /// <param name="rooms">The rooms.</param>
    public EmitterOperator To(IEnumerable<string> rooms) => _main.To(rooms);

    /// <inheritdoc cref="To(string)"/>
    public EmitterOperator In(string room) => _main.To(room);

    /// <inheritdoc cref="To(IEnumerable{string})"/>
    public EmitterOperator In(IEnumerable<string> rooms) => _main.To(rooms);

    /// <summary>Everybody but the members of a room.</summary>
    /// <param name="room">The room, or the id of a socket.</param>
    public EmitterOperator Except(string room) => _main.Except(room);

    /// <summary>Everybody but the members of rooms.</summary>
    /// <param name="rooms">The rooms.</param>
    public EmitterOperator Except(IEnumerable<string> rooms) => _main.Except(rooms);

    /// <summary>Whether the packets may be compressed, where the transport compresses. Default: true.</summary>
    /// <param name="compress">Whether they may.</param>
    public EmitterOperator Compress(bool compress) => _main.Compress(compress);

    /// <inheritdoc cref="EmitterOperator.EmitArgumentsAsync"/>
    public ValueTask EmitArgumentsAsync(string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default) =>
        _main.EmitArgumentsAsync(eventName, arguments, cancellationToken);

    /// <inheritdoc cref="EmitterOperator.SocketsJoinAsync(string, CancellationToken)"/>
    public ValueTask SocketsJoinAsync(string room, CancellationToken cancellationToken = default) => _main.SocketsJoinAsync(room, cancellationToken);

    /// <inheritdoc cref="EmitterOperator.SocketsJoinAsync(IEnumerable{string}, CancellationToken)"/>
    public ValueTask SocketsJoinAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default) => _main.SocketsJoinAsync(rooms, cancellationToken);

    /// <inheritdoc cref="EmitterOperator.SocketsLeaveAsync(string, CancellationToken)"/>
    public ValueTask SocketsLeaveAsync(string room, CancellationToken cancellationToken = default) => _main.SocketsLeaveAsync(room, cancellationToken);

    /// <inheritdoc cref="EmitterOperator.SocketsLeaveAsync(IEnumerable{string}, CancellationToken)"/>
    public ValueTask SocketsLeaveAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default) => _main.SocketsLeaveAsync(rooms, cancellationToken);

    /// <inheritdoc cref="EmitterOperator.DisconnectSocketsAsync"/>
    public ValueTask DisconnectSocketsAsync(bool close = false, CancellationToken cancellationToken = default) => _main.DisconnectSocketsAsync(close, cancellationToken);

    /// <summary>Ends the connection that the emitter made itself.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        GC.SuppressFinalize(this);
        if (_options.ConnectionMultiplexer is not null || !_connecting.IsValueCreated) return;
        var connection = await _connecting.Value.ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    internal async ValueTask SendAsync(ClusterMessage message, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(System.Threading.Volatile.Read(ref _isDisposed) != 0, this);
        var connection = await _connecting.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        await SendAsync(connection, message).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private protected abstract Task SendAsync(IConnectionMultiplexer connection, ClusterMessage message);

    private async Task<IConnectionMultiplexer> ConnectAsync() =>
        _options.ConnectionMultiplexer ?? await ConnectionMultiplexer.ConnectAsync(_options.ToConfiguration()).ConfigureAwait(false);
}
