namespace EngineIO.AspNetCore;

/// <summary>The life of a session (the reference's <c>readyState</c>).</summary>
public enum EngineSessionState
{
    /// <summary>The handshake is not answered yet.</summary>
    Opening,

    /// <summary>Messages flow.</summary>
    Open,

    /// <summary>Closed by the server; what is queued is still delivered.</summary>
    Closing,

    /// <summary>Over.</summary>
    Closed,
}
