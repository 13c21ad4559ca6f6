namespace Load.WebSockets;

/// <summary>A scenario's side of its connections.</summary>
internal interface IMessageReceiver
{
    /// <summary>A message of the application has come, whole. Answers written to the connection leave with the end of this read.</summary>
    void Receive(WebSocketConnection connection, ReadOnlySpan<byte> message, bool isBinary);
}
