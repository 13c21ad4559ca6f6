using TestKit;

namespace SocketIO.Client.Tests.Peers;

/// <summary>The options of a server, the same for each kind; null leaves a server's own default.</summary>
public sealed record PeerOptions
{
    /// <summary>The major version of the official server: 4, or 2 for revision 3 of Engine.IO.</summary>
    public int Version { get; init; } = 4;

    public bool MessagePack { get; init; }

    public bool Recovery { get; init; }

    /// <summary>What the server offers, separated by commas.</summary>
    public string? Transports { get; init; }

    public bool? AllowUpgrades { get; init; }

    public bool? AllowEIO3 { get; init; }

    /// <summary>In milliseconds, like all times here.</summary>
    public int? PingInterval { get; init; }

    public int? PingTimeout { get; init; }

    public int? MaxHttpBufferSize { get; init; }

    /// <summary>How long a session waits before it is let in.</summary>
    public int? Delay { get; init; }

    /// <summary>Whether a session is only found with the cookie that its handshake set, as behind a balancer.</summary>
    public bool Sticky { get; init; }

    public TestCertificate? Certificate { get; init; }

    /// <summary>Whom a client's certificate must be from; null where none is asked for.</summary>
    public TestCertificate? ClientAuthority { get; init; }
}
