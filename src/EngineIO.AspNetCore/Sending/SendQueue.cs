using EngineIO.Sending;

namespace EngineIO.AspNetCore.Sending;

/// <summary>The packets that a session has still to write, within its caps. The session's lock guards it.</summary>
internal sealed class SendQueue(int maxPackets, long maxBytes)
{
    // A client of revision 3 that pings again and again, and fetches no pong, gets as many later.
    private const int MaxControls = 100;

    // Null while nothing waits.
    private List<OutgoingPacket>? _packets;

    // The bytes of the packets that wait, and of those that are being written.
    private PacketMemory _memory;
    private PacketMemory _takenMemory;

    private Queue<WaitingGroup>? _waiting;
    private WriteReceipts? _receipts;
    private int _messages;
    private long _bytes;

    public bool IsEmpty => Count == 0;

    public int Count => _packets?.Count ?? 0;

    public void AddControl(EngineFrame frame) => Add(OutgoingPacket.Control(frame));

    /// <summary>Adds a packet of the heartbeat, unless so many are unread that one more says nothing.</summary>
    public bool TryAddControl(EngineFrame frame)
    {
        if (Count - _messages >= MaxControls) return false;
        AddControl(frame);
        return true;
    }

    /// <summary>Adds a group if the caps allow it and nobody waits before it.</summary>
    public bool TryAdd(in MessageGroup group) => !HasWaiting && TryAddAtOnce(group);

    /// <summary>Adds a group if the caps allow it, whoever waits.</summary>
    public bool TryAddAtOnce(in MessageGroup group)
    {
        if (!HasRoomFor(group)) return false;
        Add(group);
        return true;
    }

    /// <summary>Whether the caps allow so much, and nobody waits.</summary>
    public bool HasRoom(int count, long byteCount) => !HasWaiting && HasRoomFor(count, byteCount);

    /// <summary>Drops the oldest groups until the new one fits, and adds it.</summary>
    /// <returns>How many messages were dropped.</returns>
    public int AddDroppingOldest(in MessageGroup group)
    {
        var before = _messages;
        while (!HasRoomFor(group) && DropOldestGroup())
        {
        }

        var dropped = before - _messages;
        Add(group);
        return dropped;
    }

    /// <summary>Queues a group for when there is room.</summary>
    public Task WaitAsync(in MessageGroup group, CancellationToken cancellationToken) =>
        WaitAsync(new WaitingGroup(group.Count, group.ByteCount, group.Keep()), cancellationToken);

    /// <summary>Waits for room without adding anything.</summary>
    public Task WaitForRoomAsync(int count, long byteCount, CancellationToken cancellationToken) =>
        WaitAsync(new WaitingGroup(count, byteCount, group: null), cancellationToken);

    private Task WaitAsync(WaitingGroup waiting, CancellationToken cancellationToken)
    {
        waiting.CancelWith(cancellationToken);
        (_waiting ??= new()).Enqueue(waiting);
        return waiting.Task;
    }

    /// <summary>Takes all that is queued and lets in those who wait. The list is given back to <see cref="Return"/>, before anything else is taken.</summary>
    public List<OutgoingPacket> TakeAll()
    {
        var taken = _packets ?? PacketLists.Take();
        _packets = null;
        (_memory, _takenMemory) = (_takenMemory, _memory);
        _receipts?.OnTaken(_messages);
        _messages = 0;
        _bytes = 0;
        while (_waiting is { Count: > 0 } && HasRoomFor(_waiting.Peek().Count, _waiting.Peek().ByteCount))
        {
            var next = _waiting.Dequeue();
            // One that was cancelled meanwhile is not sent.
            if (next.TryAccept() && next.Group is { } group) Add(group);
        }

        return taken;
    }

    public void Return(List<OutgoingPacket> batch)
    {
        _takenMemory.Clear();
        PacketLists.Give(batch);
    }

    /// <summary>What was taken last is written, or lost.</summary>
    public void Confirm(bool isWritten) => _receipts?.Confirm(isWritten);

    /// <summary>Drops everything; those who wait are let go.</summary>
    public void Clear()
    {
        _packets = null;
        _memory.Clear();
        _messages = 0;
        _bytes = 0;
        _receipts?.Clear();
        while (_waiting is { Count: > 0 })
        {
            var next = _waiting.Dequeue();
            next.Group?.Receipt?.TrySetResult(false);
            next.TryAccept();
        }
    }

    private bool HasWaiting => _waiting is { Count: > 0 };

    private bool HasRoomFor(in MessageGroup group) => HasRoomFor(group.Count, group.ByteCount);

    private bool HasRoomFor(int count, long byteCount) => _messages == 0 || (_messages + count <= maxPackets && _bytes + byteCount <= maxBytes);

    private void Add(in MessageGroup group)
    {
        Add(new(_memory.Own(group.First), group.Compress, StartsGroup: true));
        foreach (ref readonly var frame in group.Rest.Span) Add(new(_memory.Own(frame), group.Compress, StartsGroup: false));
        _messages += group.Count;
        _bytes += group.ByteCount;
        if (group.Receipt is { } receipt) (_receipts ??= new()).Add(receipt, _messages);
    }

    private void Add(OutgoingPacket packet) => (_packets ??= PacketLists.Take()).Add(packet);

    private bool DropOldestGroup()
    {
        if (_packets is null) return false;
        var start = _packets.FindIndex(static packet => packet.IsMessage);
        if (start < 0) return false;
        var end = start + 1;
        while (end < _packets.Count && !_packets[end].StartsGroup) end++;
        for (var i = start; i < end; i++) _bytes -= _packets[i].Frame.Bytes.Length;
        _messages -= end - start;
        _receipts?.OnDropped(end - start);
        _packets.RemoveRange(start, end - start);
        return true;
    }
}
