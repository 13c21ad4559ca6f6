using SocketIO.Events;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore;

public sealed partial class ServerSocket
{
    /// <summary>Emits are dropped where the transport cannot write at this moment.</summary>
    public SocketEmitter Volatile => new(this, BroadcastFlags.Volatile);

    /// <summary>All sockets of the namespace but this one.</summary>
    public BroadcastOperator Broadcast => Broadcasting(BroadcastFlags.None);

    /// <summary>All sockets of this server in the namespace but this one.</summary>
    public BroadcastOperator Local => Broadcasting(BroadcastFlags.Local);

    /// <summary>Whether packets may be compressed, where the transport compresses. Default: true.</summary>
    /// <param name="compress">Whether they may.</param>
    public SocketEmitter Compress(bool compress) => new(this, compress ? BroadcastFlags.None : BroadcastFlags.NoCompression);

    /// <inheritdoc cref="SocketEmitter.Timeout"/>
    public SocketEmitter Timeout(TimeSpan timeout) => new SocketEmitter(this, BroadcastFlags.None).Timeout(timeout);

    /// <summary>The members of a room, but not this socket.</summary>
    /// <param name="room">The room, or the id of a socket.</param>
    public BroadcastOperator To(string room) => Broadcast.To(room);

    /// <summary>The members of rooms, but not this socket.</summary>
    /// <param name="rooms">The rooms.</param>
    public BroadcastOperator To(IEnumerable<string> rooms) => Broadcast.To(rooms);

    /// <inheritdoc cref="To(string)"/>
    public BroadcastOperator In(string room) => Broadcast.To(room);

    /// <inheritdoc cref="To(IEnumerable{string})"/>
    public BroadcastOperator In(IEnumerable<string> rooms) => Broadcast.To(rooms);

    /// <summary>All sockets of the namespace but this one and the members of a room.</summary>
    /// <param name="room">The room, or the id of a socket.</param>
    public BroadcastOperator Except(string room) => Broadcast.Except(room);

    /// <summary>All sockets of the namespace but this one and the members of rooms.</summary>
    /// <param name="rooms">The rooms.</param>
    public BroadcastOperator Except(IEnumerable<string> rooms) => Broadcast.Except(rooms);

    /// <inheritdoc/>
    public ValueTask EmitArgumentsAsync(string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default) =>
        EmitAsync(eventName, arguments, ackId: null, BroadcastFlags.None, cancellationToken);

    private bool HasOutgoingListeners => Listeners?.AnyOutgoing is not null || Namespace.SharedListeners?.AnyOutgoing is not null;

    internal BroadcastOperator Broadcasting(BroadcastFlags flags, TimeSpan? timeout = null)
    {
        var options = BroadcastOptions.All.Excluding(Id).With(flags);
        return new(Namespace, timeout is { } limit ? options.WithTimeout(limit) : options);
    }

    internal ValueTask EmitAsync(
        string eventName, ReadOnlySpan<object?> arguments, long? ackId, BroadcastFlags flags, CancellationToken cancellationToken)
    {
        ReservedEvents.ThrowIfReserved(eventName);
        if (Namespace.Recovers && (flags & BroadcastFlags.Volatile) == 0) return EmitInOrderAsync(eventName, arguments, ackId, flags, cancellationToken);
        using var rented = Serializer.RentEvent(eventName, arguments);
        if (HasOutgoingListeners) NotifyOutgoing(rented.Payload);
        var packet = new Packet(PacketType.Event, Namespace.Name, rented.Payload, ackId);
        if (!CanWrite(packet)) return default;
        using var buffer = EncodeBuffer.Take();
        var encoded = buffer.Encode(Server.Parser, packet);
        Server.Metrics.EventSent(Namespace);
        return WriteAsync(encoded, flags, cancellationToken);
    }

    private void NotifyOutgoing(Payload data)
    {
        var invocation = new EventInvocation(EventArguments.ForEvent(data.Copy(), Serializer), Ack.None, this);
        if (Namespace.SharedListeners?.AnyOutgoing is { } shared) Observe(shared.InvokeAsync(invocation, this));
        if (Listeners?.AnyOutgoing is { } own) Observe(own.InvokeAsync(invocation, this));
    }
}
