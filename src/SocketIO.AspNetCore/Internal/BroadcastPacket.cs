using SocketIO.Parsing;

namespace SocketIO.AspNetCore.Internal;

/// <summary>A broadcast as one socket gets it.</summary>
internal readonly struct BroadcastPacket(EncodedPacket encoded, bool isVolatile, bool compress, string? offset = null)
{
    public EncodedPacket Encoded { get; } = encoded;

    /// <summary>Under which offset it is stored; null where it is not.</summary>
    public string? Offset { get; } = offset;

    public bool IsVolatile { get; } = isVolatile;

    public bool Compress { get; } = compress;

    /// <summary>The same, for when the broadcast is over.</summary>
    public BroadcastPacket Keep() => new(Encoded.Keep(), IsVolatile, Compress, Offset);
}
