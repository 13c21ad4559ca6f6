using EngineIO.AspNetCore.Sending;
using EngineIO.Diagnostics;
using Microsoft.Extensions.Logging;

namespace EngineIO.AspNetCore;

public sealed partial class EngineSession
{
    /// <summary>Sends a message.</summary>
    /// <param name="frame">The message; what is lent (<see cref="EngineFrame.IsLent"/>) is copied before the method returns, here and in every other that sends.</param>
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
        return SendAsync(new MessageGroup(first, rest, compress), cancellationToken);
    }

    /// <summary>Sends a message, and waits until the transport has taken it (the callback of the reference's <c>send</c>).</summary>
    /// <param name="frame">The message.</param>
    /// <param name="compress">Whether it may be compressed.</param>
    /// <param name="cancellationToken">Ends the wait. A message that is queued by then is sent nevertheless.</param>
    /// <returns>True when it is handed to the network; that does not mean that it arrives. False when it never will be: the session is over, or it was dropped
    /// because its queue is full.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled while waiting.</exception>
    public Task<bool> WriteAsync(EngineFrame frame, bool compress = true, CancellationToken cancellationToken = default) =>
        WriteAsync(frame, default, compress, cancellationToken);

    /// <summary>Sends messages that stay together, and waits until the transport has taken them. Where several wait, they are served in the order of sending.</summary>
    /// <param name="first">The first message.</param>
    /// <param name="rest">The others.</param>
    /// <param name="compress">Whether they may be compressed.</param>
    /// <param name="cancellationToken">Ends the wait. Messages that are queued by then are sent nevertheless.</param>
    /// <returns>True when they are handed to the network; that does not mean that they arrive. False when they never will be: the session is over, or they were
    /// dropped because its queue is full.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled while waiting.</exception>
    public async Task<bool> WriteAsync(
        EngineFrame first, ReadOnlyMemory<EngineFrame> rest, bool compress = true, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var receipt = new WriteReceipt();
        await SendAsync(new MessageGroup(first, rest, compress, receipt), cancellationToken);
        return await receipt.Task.WaitAsync(cancellationToken);
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

    private ValueTask SendAsync(in MessageGroup group, CancellationToken cancellationToken)
    {
        RaiseCreated(group);
        Task? room = null;
        lock (Gate)
        {
            var isFull = false;
            var isQueued = _state == EngineSessionState.Open && TryQueue(group, out isFull);
            if (isFull) room = _queue.WaitAsync(group, cancellationToken);
            else if (!isQueued) group.Receipt?.TrySetResult(false);
        }

        Flush();
        return room is null ? default : new(room);
    }

    /// <summary>Queues a group as the policy says. Within the lock.</summary>
    private bool TryQueue(in MessageGroup group, out bool isFull, bool overtakes = false)
    {
        isFull = false;
        if (overtakes ? _queue.TryAddAtOnce(group) : _queue.TryAdd(group)) return true;
        switch (_server.Options.SendQueueFull)
        {
            case SendQueueFullPolicy.DropNewest:
                _dropped += group.Count;
                return false;
            case SendQueueFullPolicy.DropOldest:
                _dropped += _queue.AddDroppingOldest(group);
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
        Raise(created, group.First.Keep());
        foreach (ref readonly var frame in group.Rest.Span) Raise(created, frame.Keep());
    }

    private void LogSending(in MessageGroup group)
    {
        LogSending(group.First);
        foreach (ref readonly var frame in group.Rest.Span) LogSending(frame);
    }

    private void LogSending(EngineFrame frame) => Log.SendingPacket(_logger, DebugNames.Of(frame.Type), DebugText.DataOf(frame));

    private void CloseBecauseFull()
    {
        Log.SendQueueFull(_logger, Id);
        End(CloseReasons.TransportError, new EngineTransportException("send queue full"));
    }
}
