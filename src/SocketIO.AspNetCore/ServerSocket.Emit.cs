using EngineIO.AspNetCore;
using SocketIO.AspNetCore.Adapters;
using SocketIO.AspNetCore.Internal;
using SocketIO.Events;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore;

public sealed partial class ServerSocket
{
    private AckRegistry? _acks;

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

    /// <inheritdoc/>
    /// <exception cref="SocketDisconnectedException">The socket was disconnected before the acknowledgement came.</exception>
    public Task<EventArguments> EmitArgumentsWithAckAsync(
        string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default) =>
        EmitWithAckAsync(eventName, arguments, BroadcastFlags.None, timeout: null, cancellationToken);

    private bool HasOutgoingListeners => Listeners?.AnyOutgoing is not null || Namespace.SharedListeners?.AnyOutgoing is not null;

    internal BroadcastOperator Broadcasting(BroadcastFlags flags) => new(Namespace, new BroadcastOptions([], [Id], flags));

    internal ValueTask EmitAsync(
        string eventName, ReadOnlySpan<object?> arguments, long? ackId, BroadcastFlags flags, CancellationToken cancellationToken)
    {
        ReservedEvents.ThrowIfReserved(eventName);
        EncodedPacket encoded;
        using (var rented = Serializer.RentEvent(eventName, arguments))
        {
            if (HasOutgoingListeners) NotifyOutgoing(rented.Payload.Copy());
            var packet = new Packet(PacketType.Event, Namespace.Name, rented.Payload, ackId);
            if (!CanWrite(packet)) return default;
            encoded = Server.Parser.Encode(packet);
        }

        return WriteAsync(encoded, flags, cancellationToken);
    }

    internal Task<EventArguments> EmitWithAckAsync(
        string eventName, ReadOnlySpan<object?> arguments, BroadcastFlags flags, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        ReservedEvents.ThrowIfReserved(eventName);
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<EventArguments>(cancellationToken);
        var id = Namespace.NextAckId();
        LogEmitWithAck(_log, id);
        var ack = new SingleAck(this, id);
        if (!Acks().Add(id, ack)) return ack.Task;
        Client.AckBegan();
        try
        {
            ack.Start(timeout, cancellationToken);
            Observe(EmitAsync(eventName, arguments, id, flags, cancellationToken));
        }
        catch
        {
            TakeAck(id);
            ack.Dispose();
            throw;
        }

        return ack.Task;
    }

    /// <summary>Takes out what waits for an acknowledgement; null where nothing does any more.</summary>
    internal AckHandler? TakeAck(long id)
    {
        if (_acks?.TryTake(id, out var handler) != true) return null;
        Client.AcksEnded(1);
        return handler;
    }

    /// <summary>Writes a broadcast, unless the grant is still to be written: then it follows that.</summary>
    internal void Deliver(ref BroadcastDelivery delivery)
    {
        if (HasOutgoingListeners) NotifyOutgoing(delivery.Data);
        var packet = new BroadcastPacket(delivery.Encode(), delivery.IsVolatile, delivery.Compress);
        if (System.Threading.Volatile.Read(ref _isGranted) || !Hold(packet)) Post(packet);
    }

    ValueTask IAckTarget.SendAckAsync(long id, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken)
    {
        EncodedPacket encoded;
        using (var rented = Serializer.RentArguments(arguments))
        {
            LogSendingAck(_log, rented.Payload);
            var packet = new Packet(PacketType.Ack, Namespace.Name, rented.Payload, id);
            if (!CanWrite(packet)) return default;
            encoded = Server.Parser.Encode(packet);
        }

        return WriteAsync(encoded, BroadcastFlags.None, cancellationToken);
    }

    private void CloseAcks(string reason)
    {
        if (_acks is { } acks) Client.AcksEnded(acks.Close(reason));
    }

    private AckRegistry Acks()
    {
        var acks = Made(ref _acks);
        // Disconnected between its last look at the field and now: nobody else would close it.
        if (_phase == Phase.Closed) acks.Close(DisconnectReasons.ServerNamespaceDisconnect);
        return acks;
    }

    private bool CanWrite(in Packet packet)
    {
        if (_phase != Phase.Closed && Connection.State == EngineSessionState.Open) return true;
        Client.LogIgnoredWrite(packet);
        return false;
    }

    private ValueTask WriteAsync(EncodedPacket packet, BroadcastFlags flags, CancellationToken cancellationToken)
    {
        var compress = (flags & BroadcastFlags.NoCompression) == 0;
        if ((flags & BroadcastFlags.Volatile) == 0) return Connection.SendAsync(packet.First, packet.Rest, compress, cancellationToken);
        if (!Connection.TrySend(packet.First, packet.Rest, compress)) Client.LogVolatileDiscarded();
        return default;
    }

    // Grants, refusals and farewells wait for nobody.
    private void WriteControl(in Packet packet)
    {
        if (Connection.State != EngineSessionState.Open)
        {
            Client.LogIgnoredWrite(packet);
            return;
        }

        var encoded = Server.Parser.Encode(packet);
        Connection.Post(encoded.First, encoded.Rest);
    }

    private void Post(in BroadcastPacket packet)
    {
        if (!Connected) return;
        if (!packet.IsVolatile) Connection.Post(packet.Encoded.First, packet.Encoded.Rest, packet.Compress);
        else if (!Connection.TrySend(packet.Encoded.First, packet.Encoded.Rest, packet.Compress)) Client.LogVolatileDiscarded();
    }

    private bool Hold(in BroadcastPacket packet)
    {
        lock (_gate)
        {
            if (_isGranted) return false;
            (_held ??= []).Add(packet);
            return true;
        }
    }

    private void ReleaseHeld()
    {
        while (true)
        {
            List<BroadcastPacket> held;
            lock (_gate)
            {
                if (_held is null)
                {
                    _isGranted = true;
                    return;
                }

                held = _held;
                _held = null;
            }

            foreach (var packet in held) Post(packet);
        }
    }

    private void NotifyOutgoing(Payload data)
    {
        var invocation = new EventInvocation(EventArguments.ForEvent(data, Serializer), Ack.None, this);
        if (Namespace.SharedListeners?.AnyOutgoing is { } shared) Observe(shared.InvokeAsync(invocation, this));
        if (Listeners?.AnyOutgoing is { } own) Observe(own.InvokeAsync(invocation, this));
    }

    private void Observe(ValueTask task)
    {
        if (!task.IsCompletedSuccessfully) _ = AwaitAsync(task);

        async Task AwaitAsync(ValueTask pending)
        {
            try
            {
                await pending.ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Whoever cancelled knows.
            }
            catch (Exception exception)
            {
                LogTaskFailed(_log, exception);
            }
        }
    }
}
