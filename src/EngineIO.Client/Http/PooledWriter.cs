using System.Buffers;

namespace EngineIO.Client.Http;

/// <summary>Bytes in an array of the shared pool, which grows as they come.</summary>
internal sealed class PooledWriter(int capacity) : IBufferWriter<byte>, IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public Memory<byte> Written => _bytes.AsMemory(0, Length);

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Length);
    }

    /// <summary>Gives the array back.</summary>
    public void Dispose()
    {
        byte[] bytes = _bytes;
        Forget();
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes);
    }

    /// <summary>Lets go of an array that somebody may still read.</summary>
    public void Forget() => (_bytes, Length) = ([], 0);

    private void Reserve(int size)
    {
        size = Math.Max(size, 1);
        if (_bytes.Length - Length >= size) return;
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max((long)_bytes.Length * 2, (long)Length + size), int.MaxValue - 64));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
