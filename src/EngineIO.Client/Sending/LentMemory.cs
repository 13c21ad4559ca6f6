using System.Buffers;

namespace EngineIO.Client.Sending;

/// <summary>Where the queue keeps the bytes that it was lent: one block of the shared pool while packets wait, nothing while none do. What does not fit has memory of its own.</summary>
internal struct LentMemory
{
    private const int BlockSize = 8192;

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
        return frame.IsBinary ? EngineFrame.Binary(copy) : EngineFrame.Text(copy);
    }

    /// <summary>Nothing refers to the bytes any more.</summary>
    public void Clear()
    {
        if (_block is { } block) ArrayPool<byte>.Shared.Return(block);
        this = default;
    }
}
