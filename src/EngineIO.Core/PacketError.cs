namespace EngineIO;

/// <summary>Why bytes are not an Engine.IO packet.</summary>
public enum PacketError
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The packet or the payload is empty.</summary>
    Empty,

    /// <summary>The first character is no packet type.</summary>
    UnknownType,

    /// <summary>Binary content is not base64.</summary>
    InvalidBase64,

    /// <summary>Text is not UTF-8.</summary>
    InvalidUtf8,

    /// <summary>The header of a packet in a revision 3 payload is malformed, or its length does not fit the payload.</summary>
    InvalidLength,

    /// <summary>The payload holds more packets than allowed.</summary>
    TooManyPackets,
}
