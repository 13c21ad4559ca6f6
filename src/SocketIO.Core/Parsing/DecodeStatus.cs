namespace SocketIO.Parsing;

/// <summary>What came of feeding a message to a decoder.</summary>
public enum DecodeStatus
{
    /// <summary>The message is malformed; <see cref="DecoderState.Error"/> says why. The connection must be closed.</summary>
    Malformed = 0,

    /// <summary>The packet is complete.</summary>
    Complete = 1,

    /// <summary>More messages belong to the packet.</summary>
    NeedMore = 2,
}
