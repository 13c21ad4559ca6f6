namespace EngineIO.AspNetCore;

/// <summary>Compression of WebSocket messages (<c>perMessageDeflate</c>, RFC 7692).</summary>
public sealed class PerMessageDeflateOptions
{
    /// <summary>The size from which a message is compressed, in bytes. Default: 1,024.</summary>
    public int Threshold { get; set; } = 1024;

    /// <summary>Whether the server starts each message afresh (<c>serverNoContextTakeover</c>): less memory, larger messages. Default: false.</summary>
    public bool ServerNoContextTakeover { get; set; }

    /// <summary>Whether the client must start each message afresh (<c>clientNoContextTakeover</c>): less memory here, larger messages. Default: false, as the client
    /// offers.</summary>
    public bool ClientNoContextTakeover { get; set; }

    /// <summary>The server's window, as a power of two, 9 to 15 (<c>serverMaxWindowBits</c>). Default: 15.</summary>
    public int ServerMaxWindowBits { get; set; } = 15;

    /// <summary>The largest window of a client that lets the server choose it, as a power of two, 9 to 15 (<c>clientMaxWindowBits</c>). Default: 15.</summary>
    public int ClientMaxWindowBits { get; set; } = 15;
}
