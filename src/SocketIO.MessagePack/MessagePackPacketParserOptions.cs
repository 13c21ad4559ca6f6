namespace SocketIO.MessagePack;

/// <summary>The limits of a <see cref="MessagePackPacketParser"/>. Lengths and counts need none: they never exceed the message.</summary>
public sealed class MessagePackPacketParserOptions
{
    /// <summary>How deep the data of a received packet may nest, counting the array of an event's arguments, and bytes as a level of their
    /// own. 1 to <see cref="MessagePackPayload.MaxDepthLimit"/>. Default: 64.</summary>
    public int MaxDepth { get; set; } = MessagePackPayload.DefaultMaxDepth;

    /// <summary>How many times a received packet may have bytes. Default: null, so that only the length of the message limits it, as in the
    /// reference.</summary>
    public int? MaxAttachments { get; set; }
}
