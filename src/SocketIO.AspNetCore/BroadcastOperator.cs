using SocketIO.AspNetCore.Adapters;
using SocketIO.AspNetCore.Internal;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore;

/// <summary>A set of sockets to send to: rooms, exceptions and flags. Immutable and thread-safe; every modifier gives a new one.</summary>
/// <remarks>With no target room it means all sockets of the namespace. A broadcast does not wait for slow clients: a client whose send queue is full is handled as the
/// option <see cref="EngineIO.AspNetCore.EngineOptions.SendQueueFull"/> says.</remarks>
public sealed class BroadcastOperator : IBroadcastAckEmitter
{
    private readonly ServerNamespace _namespace;

    internal BroadcastOperator(ServerNamespace ns, BroadcastOptions options)
    {
        _namespace = ns;
        Options = options;
    }

    /// <summary>Whom it reaches.</summary>
    public BroadcastOptions Options { get; }

    /// <summary>Sockets that cannot be written to at this moment do not get the event.</summary>
    public BroadcastOperator Volatile => With(Options.With(BroadcastFlags.Volatile));

    /// <summary>The sockets of this server only.</summary>
    public BroadcastOperator Local => With(Options.With(BroadcastFlags.Local));

    private IAdapter Adapter => _namespace.Adapter;

    /// <summary>The members of a room, besides those already meant.</summary>
    /// <param name="room">The room, or the id of a socket.</param>
    public BroadcastOperator To(string room) => With(Options.To(room));

    /// <summary>The members of rooms, besides those already meant; a socket in several of them gets an event once.</summary>
    /// <param name="rooms">The rooms.</param>
    public BroadcastOperator To(IEnumerable<string> rooms) => With(Options.To(rooms));

    /// <inheritdoc cref="To(string)"/>
    public BroadcastOperator In(string room) => To(room);

    /// <inheritdoc cref="To(IEnumerable{string})"/>
    public BroadcastOperator In(IEnumerable<string> rooms) => To(rooms);

    /// <summary>Without the members of a room.</summary>
    /// <param name="room">The room, or the id of a socket.</param>
    public BroadcastOperator Except(string room) => With(Options.Excluding(room));

    /// <summary>Without the members of rooms.</summary>
    /// <param name="rooms">The rooms.</param>
    public BroadcastOperator Except(IEnumerable<string> rooms) => With(Options.Excluding(rooms));

    /// <summary>Whether the packets may be compressed, where the transport compresses. Default: true.</summary>
    /// <param name="compress">Whether they may.</param>
    public BroadcastOperator Compress(bool compress) =>
        With(compress ? Options.Without(BroadcastFlags.NoCompression) : Options.With(BroadcastFlags.NoCompression));

    /// <summary>Limits how long acknowledgements, and the answers of other servers to <see cref="FetchSocketsAsync"/>, <see cref="CountAsync"/> and
    /// <see cref="ExistsAsync"/>, may take.</summary>
    /// <param name="timeout">How long; zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    public BroadcastOperator Timeout(TimeSpan timeout) => With(Options.WithTimeout(timeout));

    /// <inheritdoc/>
    public ValueTask EmitArgumentsAsync(string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default)
    {
        ReservedEvents.ThrowIfReserved(eventName);
        using var rented = _namespace.Server.Serializer.RentEvent(eventName, arguments);
        return Adapter.BroadcastAsync(new Packet(PacketType.Event, _namespace.Name, rented.Payload), Options, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is no <see cref="Timeout"/>: a client that leaves would be awaited for ever.</exception>
    public Task<IReadOnlyList<EventArguments>> EmitArgumentsWithAcksAsync(
        string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default)
    {
        ReservedEvents.ThrowIfReserved(eventName);
        if (Options.Timeout is null)
            throw new InvalidOperationException($"A broadcast with acknowledgements needs a time limit: call {nameof(Timeout)} first.");
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<IReadOnlyList<EventArguments>>(cancellationToken);
        var server = _namespace.Server;
        var packet = new Packet(PacketType.Event, _namespace.Name, server.Serializer.SerializeEvent(eventName, arguments));
        var operation = new BroadcastAckOperation(server.Serializer, server.Loggers.BroadcastOperator);
        return operation.RunAsync(Adapter, packet, Options, server.TimeProvider, cancellationToken);
    }

    /// <summary>The ids of the sockets in the target rooms, or of all; exceptions do not count (<c>allSockets</c>).</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask<IReadOnlyCollection<string>> AllSocketsAsync(CancellationToken cancellationToken = default) =>
        Adapter.GetSocketIdsAsync(new BroadcastOptions(Options.Rooms, [], Options.Flags), cancellationToken);

    /// <summary>The sockets: those of this server, and views of those of others.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was found in time: <see cref="FetchedSockets.SilentServers"/> names the servers of the cluster that did not answer.</returns>
    public ValueTask<FetchedSockets> FetchSocketsAsync(CancellationToken cancellationToken = default) =>
        Adapter.FetchSocketsAsync(Options, cancellationToken);

    /// <summary>How many sockets there are: as <see cref="FetchSocketsAsync"/>, but servers tell each other numbers in place of sockets.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was counted in time, and the names of the servers of the cluster that did not answer.</returns>
    public ValueTask<SocketCount> CountAsync(CancellationToken cancellationToken = default) =>
        Adapter.CountSocketsAsync(Options, cancellationToken: cancellationToken);

    /// <summary>Whether there is a socket. Servers of the cluster are asked where this one has none, and the first that has one is enough.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<SocketPresence> ExistsAsync(CancellationToken cancellationToken = default) =>
        new(await Adapter.CountSocketsAsync(Options, enough: 1, cancellationToken).ConfigureAwait(false));

    /// <summary>Makes the sockets join a room.</summary>
    /// <param name="room">The room.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask SocketsJoinAsync(string room, CancellationToken cancellationToken = default) =>
        Adapter.AddSocketsAsync(Options, [room], cancellationToken);

    /// <summary>Makes the sockets join rooms.</summary>
    /// <param name="rooms">The rooms.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask SocketsJoinAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default) =>
        Adapter.AddSocketsAsync(Options, [.. rooms], cancellationToken);

    /// <summary>Makes the sockets leave a room.</summary>
    /// <param name="room">The room.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask SocketsLeaveAsync(string room, CancellationToken cancellationToken = default) =>
        Adapter.RemoveSocketsAsync(Options, [room], cancellationToken);

    /// <summary>Makes the sockets leave rooms.</summary>
    /// <param name="rooms">The rooms.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask SocketsLeaveAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default) =>
        Adapter.RemoveSocketsAsync(Options, [.. rooms], cancellationToken);

    /// <summary>Disconnects the sockets.</summary>
    /// <param name="close">Whether their connections are closed as well. Default: false.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask DisconnectSocketsAsync(bool close = false, CancellationToken cancellationToken = default) =>
        Adapter.DisconnectSocketsAsync(Options, close, cancellationToken);

    private BroadcastOperator With(BroadcastOptions options) => new(_namespace, options);
}
