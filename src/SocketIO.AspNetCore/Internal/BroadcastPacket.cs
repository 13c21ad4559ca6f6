using SocketIO.Parsing;

namespace SocketIO.AspNetCore.Internal;

/// <summary>A broadcast as one socket gets it.</summary>
internal readonly struct BroadcastPacket(EncodedPacket encoded, bool isVolatile, bool compress)
{
    public EncodedPacket Encoded { get; } = encoded;

    public bool IsVolatile { get; } = isVolatile;

    public bool Compress { get; } = compress;
}
