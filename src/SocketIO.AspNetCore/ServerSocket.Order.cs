using SocketIO.AspNetCore.Internal;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore;

// Emits to one socket where sessions are recovered: they go through the adapter, which stores them, to the socket's own room. What has to wait for room in the session's queue
// waits here, for an event gets its offset only when it can be queued.
public sealed partial class ServerSocket
{
    private BroadcastOptions? _ownRoom;

    // Guarded by _events, as what follows it.
    private bool _isInOwnRoom;

    // Not null while emits wait, or before the socket is connected: then they follow the grant.
    private Queue<PendingEmit>? _pendingEmits;

    private ValueTask EmitInOrderAsync(
        string eventName, ReadOnlySpan<object?> arguments, long? ackId, BroadcastFlags flags, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        var packet = new Packet(PacketType.Event, Namespace.Name, Serializer.SerializeEvent(eventName, arguments), ackId);
        var hasRoom = ackId is not null || Connection.HasRoom(CountOf(packet), BytesOf(packet));
        bool isEarly, isFirst;
        PendingEmit? pending = null;
        lock (_events)
        {
            isEarly = !_isInOwnRoom && ackId is null && _phase is Phase.Connecting or Phase.Opening;
            isFirst = _pendingEmits is null;
            if (isEarly || !hasRoom || !isFirst)
            {
                pending = new PendingEmit(packet, flags, isEarly ? default : cancellationToken);
                (_pendingEmits ??= new()).Enqueue(pending);
            }
        }

        if (pending is null) return SendInOrderAsync(packet, flags, cancellationToken);
        // A middleware that waited for the grant would wait for itself.
        if (isEarly)
        {
            Observe(new ValueTask(pending.Task));
            return default;
        }

        if (isFirst) _ = SendPendingAsync();
        return new(pending.Task);
    }

    /// <summary>Sends what waits, in its order, until nothing does.</summary>
    private async Task SendPendingAsync()
    {
        while (true)
        {
            PendingEmit? next;
            lock (_events)
            {
                if (_pendingEmits?.TryPeek(out next) != true)
                {
                    _pendingEmits = null;
                    return;
                }
            }

            try
            {
                var packet = next!.Packet;
                if (packet.Id is null) await Connection.WaitForRoomAsync(CountOf(packet), BytesOf(packet)).ConfigureAwait(false);
                if (next.TryTake()) await SendInOrderAsync(packet, next.Flags, next.CancellationToken).ConfigureAwait(false);
                next.Complete();
            }
            catch (Exception exception)
            {
                next!.Fail(exception);
            }

            lock (_events) _pendingEmits?.Dequeue();
        }
    }

    private ValueTask SendInOrderAsync(in Packet packet, BroadcastFlags flags, CancellationToken cancellationToken)
    {
        if (packet.Id is null)
        {
            // Also where the socket is disconnected: its session may be restored.
            var options = _ownRoom ??= BroadcastOptions.All.To(Id);
            return Namespace.Adapter.BroadcastAsync(packet, flags == BroadcastFlags.None ? options : options.With(flags), cancellationToken);
        }

        Server.Metrics.EventSent(Namespace);
        if (HasOutgoingListeners) NotifyOutgoing(packet.Data);
        return CanWrite(packet) ? WriteAsync(Server.Parser.Encode(packet), flags, cancellationToken) : default;
    }

    private void SendEarly()
    {
        lock (_events)
        {
            _isInOwnRoom = true;
            if (_pendingEmits is null) return;
        }

        _ = SendPendingAsync();
    }

    private static int CountOf(in Packet packet) => 1 + packet.Data.Attachments.Length;

    private static long BytesOf(in Packet packet)
    {
        // The frame's prefix, the namespace, the offset.
        long bytes = packet.Data.Json.Length + packet.Namespace.Length + 24;
        foreach (ref readonly var attachment in packet.Data.Attachments.Span) bytes += attachment.Length;
        return bytes;
    }
}
