namespace EngineIO.AspNetCore.Sending;

/// <summary>The senders who wait until their messages are written. Messages leave a queue in the order of coming, so that counting them tells whose turn it is,
/// and a message for which nobody waits carries nothing.</summary>
internal sealed class WriteReceipts
{
    private readonly Queue<WriteReceipt> _pending = new();

    // Numbers of messages: the last that left the queue, taken or dropped, and the last that was taken.
    private long _left;
    private long _taken;

    /// <summary>A group is queued; so many messages are in the queue now.</summary>
    public void Add(WriteReceipt receipt, int queued)
    {
        receipt.Position = _left + queued;
        _pending.Enqueue(receipt);
    }

    /// <summary>All messages, so many, are taken to be written.</summary>
    public void OnTaken(int messages) => _taken = _left += messages;

    /// <summary>The oldest messages, so many, are dropped.</summary>
    public void OnDropped(int messages)
    {
        _left += messages;
        foreach (var receipt in _pending)
        {
            if (receipt.Position > _left) break;
            if (receipt.Position > _taken) receipt.TrySetResult(false);
        }
    }

    /// <summary>What was taken is written, or lost.</summary>
    public void Confirm(bool isWritten)
    {
        while (_pending.TryPeek(out var receipt) && receipt.Position <= _taken) _pending.Dequeue().TrySetResult(isWritten);
    }

    /// <summary>Nothing will be written any more.</summary>
    public void Clear()
    {
        while (_pending.TryDequeue(out var receipt)) receipt.TrySetResult(false);
    }
}
