namespace EngineIO.AspNetCore.WebSockets;

/// <summary>What a <see cref="FrameReader"/> found.</summary>
internal enum FrameReadResult
{
    /// <summary>All input is taken; more is needed.</summary>
    NeedMore,

    /// <summary>A whole text message.</summary>
    Text,

    /// <summary>A whole binary message.</summary>
    Binary,

    /// <summary>A ping.</summary>
    Ping,

    /// <summary>A close frame: nothing more is to be read.</summary>
    Close,

    /// <summary>The beginning of a message that is too big. It is skipped.</summary>
    TooBig,

    /// <summary>The peer broke the protocol: nothing more can be read.</summary>
    Fault,
}
