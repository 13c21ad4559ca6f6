using System.Buffers;

namespace SocketIO.Parsing;

/// <summary>Memory for a packet that is encoded and sent at once: sessions copy what they are lent. One waits on each thread for the next packet.</summary>
internal sealed class EncodeBuffer : IBufferWriter<byte>, IDisposable
{
    // What is larger is shared by the queues that it is put into, and not copied into each.
    private const int MaxLent = 1024;
    private const int MaxIdle = 16 * 1024;

    [ThreadStatic]
    private static EncodeBuffer? s_idle;

    private byte[] _bytes = new byte[MaxLent];
    private int _count;

    private EncodeBuffer()
    {
    }

    /// <summary>Takes the one of this thread, or a new one where that is in use.</summary>
    public static EncodeBuffer Take()
    {
        var buffer = s_idle ?? new();
        s_idle = null;
        return buffer;
    }

    /// <summary>Encodes a packet, which is valid until the buffer is given back.</summary>
    public EncodedPacket Encode(IPacketParser parser, in Packet packet)
    {
        var encoded = parser.Encode(packet, this);
        return _count > MaxLent ? encoded.Keep() : encoded;
    }

    public void Advance(int count) => _count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_count);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_count);
    }

    /// <summary>Leaves it to this thread.</summary>
    public void Dispose()
    {
        _count = 0;
        if (_bytes.Length <= MaxIdle) s_idle = this;
    }

    // The old array is left as it is: a frame may be a view of it.
    private void Reserve(int sizeHint)
    {
        var needed = _count + Math.Max(sizeHint, 1);
        if (needed > _bytes.Length) Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
    }
}
