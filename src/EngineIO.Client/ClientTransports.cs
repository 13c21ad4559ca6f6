namespace EngineIO.Client;

/// <summary>The transports' names.</summary>
internal static class ClientTransports
{
    public const string Polling = "polling";
    public const string WebSocket = "websocket";
}
