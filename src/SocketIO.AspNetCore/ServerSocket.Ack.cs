using SocketIO.AspNetCore.Internal;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore;

// Acknowledgements: those that the application awaits, and those that it gives.
public sealed partial class ServerSocket
{
    private AckRegistry? _acks;

    internal int PendingAckCount => _acks?.Count ?? 0;

    /// <inheritdoc/>
    /// <exception cref="SocketDisconnectedException">The socket was disconnected before the acknowledgement came.</exception>
    public Task<EventArguments> EmitArgumentsWithAckAsync(
        string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default) =>
        EmitWithAckAsync(eventName, arguments, BroadcastFlags.None, timeout: null, cancellationToken);

    internal Task<EventArguments> EmitWithAckAsync(
        string eventName, ReadOnlySpan<object?> arguments, BroadcastFlags flags, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        ReservedEvents.ThrowIfReserved(eventName);
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<EventArguments>(cancellationToken);
        var id = Namespace.NextAckId();
        LogEmitWithAck(_log, id);
        var ack = new SingleAck(this, id);
        if (!AwaitAck(id, ack)) return ack.Task;
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

    /// <summary>Lets something wait for an acknowledgement.</summary>
    /// <returns>False, and it has been told so, where the socket is gone.</returns>
    internal bool AwaitAck(long id, AckHandler handler)
    {
        if (!Acks().Add(id, handler)) return false;
        Client.AckBegan();
        return true;
    }

    /// <summary>Takes out what waits for an acknowledgement; null where nothing does any more.</summary>
    internal AckHandler? TakeAck(long id)
    {
        if (_acks?.TryTake(id, out var handler) != true) return null;
        Client.AcksEnded(1);
        return handler;
    }

    ValueTask IAckTarget.SendAckAsync(long id, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken)
    {
        using var rented = Serializer.RentArguments(arguments);
        LogSendingAck(_log, rented.Payload);
        var packet = new Packet(PacketType.Ack, Namespace.Name, rented.Payload, id);
        if (!CanWrite(packet)) return default;
        using var buffer = EncodeBuffer.Take();
        return WriteAsync(buffer.Encode(Server.Parser, packet), BroadcastFlags.None, cancellationToken);
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
}
