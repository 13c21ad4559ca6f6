namespace EngineIO.Client;

/// <summary>What a session was about when it failed.</summary>
public enum EngineClientStage
{
    /// <summary>It was not open yet: connecting, or waiting for the handshake.</summary>
    Handshake,

    /// <summary>It was open over HTTP long-polling.</summary>
    Polling,

    /// <summary>It was open over a WebSocket.</summary>
    WebSocket,

    /// <summary>It was open, and tried to move to another transport. It stays where it was.</summary>
    Probe,
}
