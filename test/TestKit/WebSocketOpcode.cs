namespace TestKit;

/// <summary>Opcodes of RFC 6455; tests cast other numbers to send reserved ones.</summary>
public enum WebSocketOpcode : byte
{
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,

    /// <summary>Not on the wire: the TCP connection ended without a close frame.</summary>
    Lost = 255,
}
