namespace Load.WebSockets;

/// <summary>A scenario's side of its connections. Whatever is written to a connection meanwhile leaves with the end of its read.</summary>
internal interface IConnectionObserver
{
    /// <summary>A message of the application has come, whole.</summary>
    void OnMessage(WebSocketConnection connection, ReadOnlySpan<byte> message, bool isBinary);

    /// <summary>The connection is open: messages may be sent.</summary>
    void OnOpen(WebSocketConnection connection)
    {
    }

    /// <summary>The server has agreed to the end of the connection.</summary>
    void OnEnd(WebSocketConnection connection)
    {
    }
}
