using System.Buffers;

namespace EngineIO.Sending;

/// <summary>Where a send queue keeps the bytes that it was lent: one block of the shared pool while packets wait, nothing while none do. What does not fit has memory of its own,
/// so that a queue whose packets are dropped and replaced does not grow.</summary>
internal struct PacketMemory
{
    private const int BlockSize = 4096;

    private byte[]? _block;
    private int _used;

    /// <summary>The frame, in memory that is the queue's.</summary>
    public EngineFrame Own(EngineFrame frame)
    {
        var bytes = frame.Bytes.Span;
        if (!frame.IsLent || bytes.Length > BlockSize - _used) return frame.Keep();
        _block ??= ArrayPool<byte>.Shared.Rent(BlockSize);
        bytes.CopyTo(_block.AsSpan(_used));
        var copy = _block.AsMemory(_used, bytes.Length);
        _used += bytes.Length;
        // Lent again, to those who see the packet before it is written.
        return (frame.IsBinary ? EngineFrame.Binary(copy) : EngineFrame.Text(copy)).Lend();
    }

    /// <summary>Nothing refers to the bytes any more.</summary>
    public void Clear()
    {
        if (_block is { } block) ArrayPool<byte>.Shared.Return(block);
        this = default;
    }
}
