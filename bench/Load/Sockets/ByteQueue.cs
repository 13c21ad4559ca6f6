namespace Load.Sockets;

/// <summary>Bytes in and out in order. It grows with what it must hold and never shrinks, so that it soon allocates no more.</summary>
internal sealed class ByteQueue(int capacity)
{
    private byte[] _bytes = new byte[capacity];
    private int _start;
    private int _end;

    public ReadOnlySpan<byte> Content => _bytes.AsSpan(_start, _end - _start);

    public bool IsEmpty => _start == _end;

    /// <summary>Free space behind the content, of a quarter of the capacity at least; what is written there is taken over by <see cref="Commit"/>.</summary>
    public Span<byte> Free()
    {
        Reserve(_bytes.Length / 4);
        return _bytes.AsSpan(_end);
    }

    public void Commit(int count) => _end += count;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_end));
        _end += bytes.Length;
    }

    public void Consume(int count)
    {
        _start += count;
        if (_start == _end) _start = _end = 0;
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - _end >= count) return;
        var length = _end - _start;
        var target = length + count <= _bytes.Length ? _bytes : new byte[Math.Max(_bytes.Length * 2, length + count)];
        _bytes.AsSpan(_start, length).CopyTo(target);
        _bytes = target;
        _start = 0;
        _end = length;
    }
}
