using EngineIO.AspNetCore.Diagnostics;
using EngineIO.AspNetCore.Sending;
using EngineIO.AspNetCore.Transports;
using Microsoft.Extensions.Logging;

namespace EngineIO.AspNetCore;

public sealed partial class EngineSession
{
    // Guarded by Gate: a batch is being written; what is sent waits for the end of the messages that are being handled; the transport that read them.
    private bool _writing;
    private bool _gathering;
    private Transport? _reader;

    /// <summary>Sends a message.</summary>
    /// <param name="frame">The message.</param>
    /// <param name="compress">Whether it may be compressed.</param>
    /// <param name="cancellationToken">Ends the wait for room in the queue; the message is then not sent.</param>
    /// <returns>A task that completes when the session has accepted the message, at once unless its queue is full. On a session that is closing or closed
    /// the message is dropped.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled while waiting.</exception>
    public ValueTask SendAsync(EngineFrame frame, bool compress = true, CancellationToken cancellationToken = default) =>
        SendAsync(frame, default, compress, cancellationToken);

    /// <summary>Sends messages that stay together: nothing comes between them, and they are dropped as a whole.</summary>
    /// <param name="first">The first message.</param>
    /// <param name="rest">The others.</param>
    /// <param name="compress">Whether they may be compressed.</param>
    /// <param name="cancellationToken">Ends the wait for room in the queue; the messages are then not sent.</param>
    /// <returns>A task that completes when the session has accepted the messages.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled while waiting.</exception>
    public ValueTask SendAsync(EngineFrame first, ReadOnlyMemory<EngineFrame> rest, bool compress = true, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        var group = new MessageGroup(first, rest, compress);
        RaiseCreated(group);
        Task? room = null;
        lock (Gate)
        {
            if (_state != EngineSessionState.Open) return default;
            if (!TryQueue(group, out var isFull) && isFull) room = _queue.WaitAsync(group, cancellationToken);
        }

        Flush();
        return room is null ? default : new(room);
    }

    /// <summary>Sends messages without ever waiting. When the queue is full and <see cref="EngineOptions.SendQueueFull"/> is
    /// <see cref="SendQueueFullPolicy.Wait"/>, the session is closed: a broadcast cannot wait for its slowest receiver.</summary>
    /// <param name="first">The first message.</param>
    /// <param name="rest">The others.</param>
    /// <param name="compress">Whether they may be compressed.</param>
    public void Post(EngineFrame first, ReadOnlyMemory<EngineFrame> rest = default, bool compress = true)
    {
        var group = new MessageGroup(first, rest, compress);
        RaiseCreated(group);
        bool isFull;
        lock (Gate)
        {
            if (_state != EngineSessionState.Open) return;
            TryQueue(group, out isFull);
        }

        if (isFull) CloseBecauseFull();
        else Flush();
    }

    /// <summary>Sends messages if they can leave at once, and drops them otherwise.</summary>
    /// <param name="first">The first message.</param>
    /// <param name="rest">The others.</param>
    /// <param name="compress">Whether they may be compressed.</param>
    /// <returns>Whether they were sent.</returns>
    public bool TrySend(EngineFrame first, ReadOnlyMemory<EngineFrame> rest = default, bool compress = true)
    {
        var group = new MessageGroup(first, rest, compress);
        bool isAdded;
        lock (Gate)
        {
            isAdded = _state == EngineSessionState.Open && CanWrite && _queue.TryAdd(group);
        }

        if (!isAdded)
        {
            _server.Metrics.DroppedVolatile(group.Count);
            return false;
        }

        RaiseCreated(group);
        Flush();
        return true;
    }

    /// <summary>Queues a group as the policy says. Within the lock.</summary>
    private bool TryQueue(in MessageGroup group, out bool isFull, bool overtakes = false)
    {
        isFull = false;
        if (overtakes ? _queue.TryAddAtOnce(group) : _queue.TryAdd(group)) return true;
        switch (_server.Options.SendQueueFull)
        {
            case SendQueueFullPolicy.DropNewest:
                _server.Metrics.DroppedBecauseFull(group.Count);
                return false;
            case SendQueueFullPolicy.DropOldest:
                _server.Metrics.DroppedBecauseFull(_queue.AddDroppingOldest(group));
                return true;
            case SendQueueFullPolicy.Disconnect:
                // Out of the lock, on whichever thread: the session ends, and this group with it.
                ThreadPool.UnsafeQueueUserWorkItem(static session => session.CloseBecauseFull(), this, preferLocal: true);
                return false;
            default:
                isFull = true;
                return false;
        }
    }

    private void SendControl(EngineFrame frame)
    {
        Raise(PacketCreated, frame);
        LogSending(frame);
        lock (Gate)
        {
            if (_state != EngineSessionState.Open || !_queue.TryAddControl(frame)) return;
        }

        Flush();
    }

    private void RaiseCreated(in MessageGroup group)
    {
        if (_logger.IsEnabled(LogLevel.Trace)) LogSending(group);
        if (PacketCreated is not { } created) return;
        Raise(created, group.First);
        foreach (ref readonly var frame in group.Rest.Span) Raise(created, frame);
    }

    private void LogSending(in MessageGroup group)
    {
        LogSending(group.First);
        foreach (ref readonly var frame in group.Rest.Span) LogSending(frame);
    }

    private void LogSending(EngineFrame frame) => Log.SendingPacket(_logger, DebugNames.Of(frame.Type), DebugText.DataOf(frame));

    /// <summary>Writes what is queued if the transport can take it and nobody writes already.</summary>
    private void Flush()
    {
        if (!TryBeginWrite(out var transport, out var batch)) return;
        var pump = PumpAsync(transport, batch);
        // What does not complete at once goes on by itself; the pump does not throw.
        if (!pump.IsCompleted) _ = pump.AsTask();
    }

    private bool TryBeginWrite(out Transport transport, out List<OutgoingPacket> batch)
    {
        lock (Gate)
        {
            transport = _transport;
            batch = null!;
            if (_writing || _queue.IsEmpty || _state is EngineSessionState.Closed || !transport.IsWritable) return false;
            if (_gathering && transport.GathersWrites) return false;
            _writing = true;
            batch = _queue.TakeAll();
        }

        Log.Flushing(_logger);
        if (_server.Metrics.CountsMessages) _server.Metrics.MessagesSent(transport.Name, batch);
        return true;
    }

    private async ValueTask PumpAsync(Transport transport, List<OutgoingPacket> batch)
    {
        do
        {
            try
            {
                await transport.WriteAsync(batch);
                Log.BatchSent(_logger);
            }
            catch (Exception error)
            {
                OnTransportError(transport, new EngineTransportException("write error", error));
            }
        }
        while (EndWrite(ref batch) && TryBeginWrite(out transport, out batch));
    }

    private bool EndWrite(ref List<OutgoingPacket> batch)
    {
        bool isEmpty, isClosing;
        lock (Gate)
        {
            _writing = false;
            _queue.Return(batch);
            isEmpty = _queue.IsEmpty;
            isClosing = _state == EngineSessionState.Closing;
        }

        if (isEmpty && isClosing) CloseTransport();
        return !isEmpty;
    }

    private void CloseBecauseFull()
    {
        Log.SendQueueFull(_logger, Id);
        End(CloseReasons.TransportError, new EngineTransportException("send queue full"));
    }
}
