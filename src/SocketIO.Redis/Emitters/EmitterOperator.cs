using SocketIO.Cluster;

namespace SocketIO.Redis.Emitters;

/// <summary>A set of sockets of a cluster to send to: a namespace, rooms, exceptions and flags. Immutable and thread-safe; every modifier gives a new one.</summary>
/// <remarks>With no target room it means all sockets of the namespace.</remarks>
public sealed class EmitterOperator : IEventEmitter, IServerSideTarget
{
    private readonly ClusterEmitter _emitter;
    private readonly string _namespace;
    private readonly BroadcastOptions _options;

    internal EmitterOperator(ClusterEmitter emitter, string ns, BroadcastOptions options) => (_emitter, _namespace, _options) = (emitter, ns, options);

    /// <inheritdoc cref="ClusterEmitter.Volatile"/>
    public EmitterOperator Volatile => With(_options.With(BroadcastFlags.Volatile));

    /// <summary>Sends events to the servers; rooms and flags do not count.</summary>
    public IEventEmitter ServerSide => new ServerSideEmitter(_emitter, _namespace);

    /// <summary>The members of a room, besides those already meant.</summary>
    /// <param name="room">The room, or the id of a socket.</param>
    public EmitterOperator To(string room) => With(_options.To(room));

    /// <summary>The members of rooms, besides those already meant; a socket in several of them gets an event once.</summary>
    /// <param name="rooms">The rooms.</param>
    public EmitterOperator To(IEnumerable<string> rooms) => With(_options.To(rooms));

    /// <inheritdoc cref="To(string)"/>
    public EmitterOperator In(string room) => To(room);

    /// <inheritdoc cref="To(IEnumerable{string})"/>
    public EmitterOperator In(IEnumerable<string> rooms) => To(rooms);

    /// <summary>Without the members of a room.</summary>
    /// <param name="room">The room, or the id of a socket.</param>
    public EmitterOperator Except(string room) => With(_options.Excluding(room));

    /// <summary>Without the members of rooms.</summary>
    /// <param name="rooms">The rooms.</param>
    public EmitterOperator Except(IEnumerable<string> rooms) => With(_options.Excluding(rooms));

    /// <inheritdoc cref="ClusterEmitter.Compress"/>
    public EmitterOperator Compress(bool compress) =>
        With(compress ? _options.Without(BroadcastFlags.NoCompression) : _options.With(BroadcastFlags.NoCompression));

    /// <summary>Sends an event to the sockets.</summary>
    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The last argument is a function: <c>Acknowledgements are not supported</c>.</exception>
    public ValueTask EmitArgumentsAsync(string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default) =>
        _emitter.SendAsync(new BroadcastMessage(ClusterMessage.Emitter, _namespace, ServerSideEmitter.Serialize(_emitter, eventName, arguments), _options), cancellationToken);

    /// <summary>Makes the sockets join a room.</summary>
    /// <param name="room">The room.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask SocketsJoinAsync(string room, CancellationToken cancellationToken = default) => SocketsJoinAsync([room], cancellationToken);

    /// <summary>Makes the sockets join rooms.</summary>
    /// <param name="rooms">The rooms.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask SocketsJoinAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default) =>
        _emitter.SendAsync(new RoomsMessage(ClusterMessageType.SocketsJoin, ClusterMessage.Emitter, _namespace, _options, [.. rooms]), cancellationToken);

    /// <summary>Makes the sockets leave a room.</summary>
    /// <param name="room">The room.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask SocketsLeaveAsync(string room, CancellationToken cancellationToken = default) => SocketsLeaveAsync([room], cancellationToken);

    /// <summary>Makes the sockets leave rooms.</summary>
    /// <param name="rooms">The rooms.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask SocketsLeaveAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default) =>
        _emitter.SendAsync(new RoomsMessage(ClusterMessageType.SocketsLeave, ClusterMessage.Emitter, _namespace, _options, [.. rooms]), cancellationToken);

    /// <summary>Disconnects the sockets.</summary>
    /// <param name="close">Whether their connections are closed as well. Default: false.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask DisconnectSocketsAsync(bool close = false, CancellationToken cancellationToken = default) =>
        _emitter.SendAsync(new DisconnectSocketsMessage(ClusterMessage.Emitter, _namespace, _options, close), cancellationToken);

    private EmitterOperator With(BroadcastOptions options) => new(_emitter, _namespace, options);
}
