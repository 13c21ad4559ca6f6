using SocketIO.Client.Internal;
using SocketIO.Parsing;

namespace SocketIO.Client;

// Acknowledgements: those that the application awaits, and those that it gives.
public sealed partial class ClientSocket
{
    // Guarded by Gate.
    private readonly Dictionary<long, AckHandler> _acks = [];
    private long _nextAckId;
    private volatile int _pendingAcks;

    /// <inheritdoc/>
    /// <remarks>Where the socket is not connected, the event is sent once it is.</remarks>
    /// <exception cref="AckTimeoutException">The acknowledgement did not come within <see cref="ClientSocketOptions.AckTimeout"/>.</exception>
    /// <exception cref="SocketDisconnectedException">The event was sent, and the socket was disconnected before the acknowledgement came.</exception>
    /// <exception cref="ObjectDisposedException">The socket is disposed.</exception>
    public Task<EventArguments> EmitArgumentsWithAckAsync(
        string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default) =>
        EmitWithAckAsync(eventName, arguments, default, cancellationToken);

    internal Task<EventArguments> EmitWithAckAsync(
        string eventName, ReadOnlySpan<object?> arguments, EmitSettings settings, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<EventArguments>(cancellationToken);
        var ack = new PendingAck(this);
        // With retries each try has a time of its own.
        var isQueued = _retries > 0 && !settings.IsVolatile;
        EmitCore(eventName, arguments, settings, ack);
        ack.Start(isQueued ? null : settings.Timeout ?? _ackTimeout, cancellationToken);
        return ack.Task;
    }

    /// <summary>Starts a wait for the next acknowledgement id. Under the gate.</summary>
    internal void Await(AckHandler handler)
    {
        handler.Id = _nextAckId++;
        LogEmittingWithAck(_log, handler.Id);
        _acks.Add(handler.Id, handler);
        _pendingAcks = _acks.Count;
        _events.ReleaseReader();
    }

    /// <summary>The time of an acknowledgement is up.</summary>
    internal void OnAckTimeout(AckHandler handler, TimeSpan timeout)
    {
        lock (Gate)
        {
            if (!Take(handler)) return;
            Unbuffer(handler.Id);
            LogAckTimeout(_log, handler.Id, (long)timeout.TotalMilliseconds);
            handler.Fail(new AckTimeoutException());
        }
    }

    /// <summary>Nobody waits for an acknowledgement any more.</summary>
    internal void OnAckCanceled(PendingAck ack, CancellationToken cancellationToken)
    {
        lock (Gate)
        {
            if (Take(ack))
            {
                Unbuffer(ack.Id);
                ack.Cancel(cancellationToken);
            }
            else
            {
                CancelQueued(ack, cancellationToken);
            }
        }
    }

    private ValueTask SendAckAsync(Grant grant, long id, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken)
    {
        using var rented = Serializer.RentArguments(arguments);
        LogSendingAck(_log, rented.Payload);
        lock (Gate)
        {
            // The one who asked is gone with the connection.
            if (_grant != grant) return default;
            using var buffer = EncodeBuffer.Take();
            Append(grant.Connection.Engine, new Packet(PacketType.Ack, Namespace, rented.Payload, id), buffer, isCompressed: true);
        }

        grant.Connection.Engine.Flush();
        return grant.Connection.Engine.WaitForRoomAsync(cancellationToken);
    }

    private void ReceiveAck(in Packet packet)
    {
        if (packet.Id is not { } id || !_acks.TryGetValue(id, out var handler))
        {
            LogBadAck(_log, packet.Id);
            return;
        }

        LogCallingAck(_log, id, packet.Data);
        var arguments = EventArguments.ForAck(packet.Data, Serializer).Detach();
        Take(handler);
        handler.Complete(arguments);
    }

    /// <summary>Takes out what waits; who gets it completes it.</summary>
    private bool Take(AckHandler handler)
    {
        if (!_acks.TryGetValue(handler.Id, out var held) || held != handler) return false;
        _acks.Remove(handler.Id);
        _pendingAcks = _acks.Count;
        return true;
    }

    private void Unbuffer(long id)
    {
        var index = _sendBuffer.FindIndex(packet => packet.AckId == id);
        if (index < 0) return;
        LogRemoving(_log, id);
        _sendBuffer.RemoveAt(index);
    }

    // Of events that were sent; those that wait for the connection go on waiting.
    private void FailSentAcks(string reason)
    {
        if (_acks.Count == 0) return;
        var buffered = new HashSet<long>(_sendBuffer.Where(packet => packet.AckId is not null).Select(packet => packet.AckId!.Value));
        foreach (var handler in _acks.Values.ToArray())
        {
            if (!buffered.Contains(handler.Id) && Take(handler)) handler.Fail(new SocketDisconnectedException(reason));
        }
    }

    private void FailAllAcks(Exception error)
    {
        _sendBuffer.Clear();
        foreach (var queued in _queue) queued.Ack?.Fail(error);
        _queue.Clear();
        foreach (var handler in _acks.Values.ToArray())
        {
            if (Take(handler)) handler.Fail(error);
        }
    }
}
