namespace EngineIO.Client.Http;

/// <summary>Opens the WebSockets of a session.</summary>
internal sealed class WebSocketConnector(SessionSettings settings, ClientConnections connections, Func<string?> sid)
{
    public WebSocketAttempt Start() => new(settings, connections, settings.WebSocket.Next(sid()));
}
