namespace EngineIO.AspNetCore;

/// <summary>Why an Engine.IO session ended; the reference's strings.</summary>
public static class CloseReasons
{
    /// <summary>The peer closed the connection, or it was lost.</summary>
    public const string TransportClose = "transport close";

    /// <summary>A fault of the transport: overlapping or aborted requests, an oversize message, a failed write.</summary>
    public const string TransportError = "transport error";

    /// <summary>The peer sent something that is no Engine.IO packet.</summary>
    public const string ParseError = "parse error";

    /// <summary>The peer did not answer a ping in time.</summary>
    public const string PingTimeout = "ping timeout";

    /// <summary>The server closed the session.</summary>
    public const string ForcedClose = "forced close";
}
