namespace SocketIO.Parsing;

/// <summary>The limits of a <see cref="JsonPacketParser"/>.</summary>
public sealed class JsonPacketParserOptions
{
    /// <summary>The most attachments that a received packet may announce. Default: 10.</summary>
    public int MaxAttachments { get; set; } = 10;

    /// <summary>The most bytes that the attachments of one received packet may have together. Default: null, so that only the limit of a
    /// message, times <see cref="MaxAttachments"/>, holds.</summary>
    public long? MaxAttachmentBytes { get; set; }

    /// <summary>How deep received JSON may nest, counting the array of an event's arguments. Default: 64.</summary>
    public int MaxDepth { get; set; } = 64;
}
