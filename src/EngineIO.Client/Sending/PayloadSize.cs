namespace EngineIO.Client.Sending;

/// <summary>How large a polling payload gets, as the reference counts it.</summary>
internal static class PayloadSize
{
    // Base64 is a third larger.
    private const double Base64Overhead = 1.33;

    /// <summary>How many packets, at least one, make a payload within the limit.</summary>
    /// <param name="packets">The packets.</param>
    /// <param name="limit">The most bytes.</param>
    /// <param name="size">The size of the payload of them all; meaningless where fewer fit.</param>
    public static int CountWithin(List<OutgoingPacket> packets, long limit, out long size)
    {
        // The type of the first packet; each other one has a separator too.
        size = 1;
        for (int i = 0; i < packets.Count; i++)
        {
            var frame = packets[i].Frame;
            size += frame.IsBinary ? (long)Math.Ceiling(frame.Bytes.Length * Base64Overhead) : frame.Bytes.Length - 1;
            if (i > 0 && size > limit) return i;
            size += 2;
        }

        return packets.Count;
    }
}
