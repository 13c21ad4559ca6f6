namespace EngineIO.AspNetCore.Sending;

/// <summary>Messages that stay together: a packet and its attachments.</summary>
internal readonly record struct MessageGroup(EngineFrame First, ReadOnlyMemory<EngineFrame> Rest, bool Compress)
{
    public int Count => 1 + Rest.Length;

    public long ByteCount
    {
        get
        {
            long bytes = First.Bytes.Length;
            foreach (ref readonly var frame in Rest.Span) bytes += frame.Bytes.Length;
            return bytes;
        }
    }
}
