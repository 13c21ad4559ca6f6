using EngineIO.AspNetCore.Sending;

namespace EngineIO.AspNetCore;

// Sending in two steps, for callers whose lock gives the messages of many sessions one order.
public sealed partial class EngineSession
{
    // Guarded by Gate.
    private bool _isOverfull;

    /// <summary>Queues messages as <see cref="Post"/> does, but writes nothing and calls nobody, so that it may be called within a lock. <see cref="Flush(EngineFrame, ReadOnlyMemory{EngineFrame})"/>
    /// must follow outside of it. Messages whose senders wait for room are overtaken.</summary>
    /// <param name="first">The first message.</param>
    /// <param name="rest">The others.</param>
    /// <param name="compress">Whether they may be compressed.</param>
    public void Enqueue(EngineFrame first, ReadOnlyMemory<EngineFrame> rest = default, bool compress = true)
    {
        lock (Gate)
        {
            if (_state != EngineSessionState.Open) return;
            TryQueue(new MessageGroup(first, rest, compress), out var isFull, overtakes: true);
            _isOverfull |= isFull;
        }
    }

    /// <summary>Writes what <see cref="Enqueue"/> has queued.</summary>
    /// <param name="first">The first message that was queued.</param>
    /// <param name="rest">The others.</param>
    public void Flush(EngineFrame first, ReadOnlyMemory<EngineFrame> rest = default)
    {
        RaiseCreated(new MessageGroup(first, rest, Compress: true));
        bool isOverfull;
        lock (Gate) isOverfull = _isOverfull;
        if (isOverfull) CloseBecauseFull();
        else Flush();
    }

    /// <summary>Whether the send queue takes so much now. True as well where the session is over, or the policy is not to wait.</summary>
    /// <param name="count">How many messages.</param>
    /// <param name="byteCount">How many bytes.</param>
    public bool HasRoom(int count, long byteCount)
    {
        lock (Gate) return NeverWaits || _queue.HasRoom(count, byteCount);
    }

    /// <summary>Waits until the send queue takes so much. Who waits is served in the order of coming, those in <see cref="SendAsync(EngineFrame, bool, CancellationToken)"/>
    /// included; nothing is reserved.</summary>
    /// <param name="count">How many messages.</param>
    /// <param name="byteCount">How many bytes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that completes when there is room, or the session is over.</returns>
    public ValueTask WaitForRoomAsync(int count, long byteCount, CancellationToken cancellationToken = default)
    {
        Task room;
        lock (Gate)
        {
            if (NeverWaits || _queue.HasRoom(count, byteCount)) return default;
            room = _queue.WaitForRoomAsync(count, byteCount, cancellationToken);
        }

        Flush();
        return new(room);
    }

    private bool NeverWaits => _state != EngineSessionState.Open || _server.Options.SendQueueFull != SendQueueFullPolicy.Wait;
}
