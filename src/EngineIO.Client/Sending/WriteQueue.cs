using EngineIO.Sending;

namespace EngineIO.Client.Sending;

/// <summary>The packets that a session has still to write (<c>writeBuffer</c>). The session's lock guards it.</summary>
internal sealed class WriteQueue
{
    private const int MaxIdleCapacity = 1024;

    private List<OutgoingPacket> _queued = [];
    private List<OutgoingPacket> _batch = [];
    private PacketMemory _memory;
    private PacketMemory _batchMemory;
    private bool _hasPong;

    /// <summary>The packets that wait and those that are being written.</summary>
    public int Count => _queued.Count + _batch.Count;

    /// <summary>The bytes of these packets.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => _queued.Count == 0;

    public void Add(EngineFrame frame, bool compress)
    {
        _queued.Add(new(_memory.Own(frame), compress));
        Bytes += frame.Bytes.Length;
    }

    /// <summary>Lets a pong wait, unless one does: a server that sends pings and reads nothing gets no more answers than that.</summary>
    /// <returns>Whether none did.</returns>
    public bool AddPong()
    {
        if (_hasPong) return false;
        _hasPong = true;
        Add(EngineFrame.Pong, compress: false);
        return true;
    }

    public void AddFirst(EngineFrame frame)
    {
        _queued.Insert(0, new(frame, Compress: false));
        Bytes += frame.Bytes.Length;
    }

    /// <summary>Takes the next batch; <see cref="EndBatch"/> must follow before the next one.</summary>
    /// <param name="maxPayload">The most bytes of a polling payload; null where there is no such limit.</param>
    /// <param name="payloadSize">The size of the payload; 0 where there is no limit or one packet.</param>
    public List<OutgoingPacket> TakeBatch(long? maxPayload, out long payloadSize)
    {
        payloadSize = 0;
        int count = maxPayload is { } limit && _queued.Count > 1 ? PayloadSize.CountWithin(_queued, limit, out payloadSize) : _queued.Count;
        if (count == _queued.Count)
        {
            (_queued, _batch) = (_batch, _queued);
            (_memory, _batchMemory) = (_batchMemory, _memory);
            _hasPong = false;
        }
        else
        {
            // What stays shares its memory with what leaves, which is given back with the last of them.
            for (int i = 0; i < count; i++) _batch.Add(_queued[i]);
            _queued.RemoveRange(0, count);
        }

        return _batch;
    }

    /// <summary>The batch is written, or lost.</summary>
    public void EndBatch()
    {
        foreach (var packet in _batch) Bytes -= packet.Frame.Bytes.Length;
        Empty(ref _batch);
        _batchMemory.Clear();
    }

    /// <summary>Drops what waits.</summary>
    /// <param name="isWriting">Whether a batch is being written; its memory stays until it ends.</param>
    public void Clear(bool isWriting)
    {
        foreach (var packet in _queued) Bytes -= packet.Frame.Bytes.Length;
        Empty(ref _queued);
        // A part of a payload may still be read from here.
        if (isWriting) _memory = default;
        else _memory.Clear();
    }

    private static void Empty(ref List<OutgoingPacket> packets)
    {
        if (packets.Capacity > MaxIdleCapacity) packets = [];
        else packets.Clear();
    }
}
