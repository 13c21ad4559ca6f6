namespace EngineIO.Client;

/// <summary>Compression of WebSocket messages (<c>perMessageDeflate</c>, RFC 7692). It is offered to the server and used where the server accepts it.</summary>
public sealed class PerMessageDeflateOptions
{
    /// <summary>The size from which a message is compressed, in bytes. Default: 1,024.</summary>
    public int Threshold { get; set; } = 1024;

    /// <summary>Whether each outgoing message is compressed on its own: less memory, larger messages. Default: false.</summary>
    public bool ClientNoContextTakeover { get; set; }

    /// <summary>Whether the server is asked to compress each message on its own. Default: false.</summary>
    public bool ServerNoContextTakeover { get; set; }

    /// <summary>The largest window of this client, as a power of two, 9 to 15. Default: 15.</summary>
    public int ClientMaxWindowBits { get; set; } = 15;

    /// <summary>The largest window of the server, as a power of two, 9 to 15. Default: 15.</summary>
    public int ServerMaxWindowBits { get; set; } = 15;
}
