namespace EngineIO.AspNetCore;

/// <summary>Why a request was refused; the numbers and texts are the protocol's.</summary>
public enum EngineErrorCode
{
    /// <summary>"Transport unknown".</summary>
    UnknownTransport = 0,

    /// <summary>"Session ID unknown".</summary>
    UnknownSid = 1,

    /// <summary>"Bad handshake method".</summary>
    BadHandshakeMethod = 2,

    /// <summary>"Bad request".</summary>
    BadRequest = 3,

    /// <summary>"Forbidden".</summary>
    Forbidden = 4,

    /// <summary>"Unsupported protocol version".</summary>
    UnsupportedProtocolVersion = 5,
}
