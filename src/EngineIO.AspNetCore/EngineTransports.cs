namespace EngineIO.AspNetCore;

/// <summary>The transports that a server offers (option <c>transports</c>).</summary>
[Flags]
public enum EngineTransports
{
    /// <summary>None; not a valid configuration.</summary>
    None = 0,

    /// <summary>HTTP long-polling.</summary>
    Polling = 1,

    /// <summary>WebSocket.</summary>
    WebSocket = 2,

    /// <summary>HTTP long-polling and WebSocket, the default.</summary>
    All = Polling | WebSocket,
}
