namespace SocketIO.Client.Tests.Peers;

/// <summary>Whose server it is.</summary>
public enum PeerKind
{
    /// <summary>The official one, on Node.js.</summary>
    Official,

    /// <summary>That of SocketIO.AspNetCore.</summary>
    DotNet,
}
