namespace EngineIO.Client;

/// <summary>Why a session ended; the reference's strings.</summary>
public static class EngineCloseReasons
{
    /// <summary>The server closed the session, or the connection was lost.</summary>
    public const string TransportClose = "transport close";

    /// <summary>A request or the WebSocket failed, or what the server sent is no Engine.IO.</summary>
    public const string TransportError = "transport error";

    /// <summary>No ping came in time.</summary>
    public const string PingTimeout = "ping timeout";

    /// <summary>The application closed the session.</summary>
    public const string ForcedClose = "forced close";
}
