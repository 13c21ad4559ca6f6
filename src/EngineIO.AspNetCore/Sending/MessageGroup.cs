namespace EngineIO.AspNetCore.Sending;

/// <summary>Messages that stay together: a packet and its attachments.</summary>
/// <param name="First">The first message.</param>
/// <param name="Rest">The others.</param>
/// <param name="Compress">Whether they may be compressed.</param>
/// <param name="Receipt">What tells the sender that they are written; null where nobody asks.</param>
internal readonly record struct MessageGroup(EngineFrame First, ReadOnlyMemory<EngineFrame> Rest, bool Compress, WriteReceipt? Receipt = null)
{
    /// <summary>The same group, for when the call that it came with is over.</summary>
    public MessageGroup Keep()
    {
        if (Rest.IsEmpty) return this with { First = First.Keep() };
        var rest = new EngineFrame[Rest.Length];
        for (var i = 0; i < rest.Length; i++) rest[i] = Rest.Span[i].Keep();
        return this with { First = First.Keep(), Rest = rest };
    }

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
