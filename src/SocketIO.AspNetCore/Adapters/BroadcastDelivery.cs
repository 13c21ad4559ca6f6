using SocketIO.Parsing;

namespace SocketIO.AspNetCore.Adapters;

/// <summary>One broadcast on its way to the sockets of this server. Encoded when the first of them is found, and once.</summary>
internal struct BroadcastDelivery(IPacketParser parser, Packet packet, BroadcastOptions options)
{
    private EncodedPacket _encoded;
    private bool _isEncoded;

    public readonly Payload Data => packet.Data;

    public bool IsVolatile { get; } = options.Has(BroadcastFlags.Volatile);

    public bool Compress { get; } = !options.Has(BroadcastFlags.NoCompression);

    public EncodedPacket Encode()
    {
        if (_isEncoded) return _encoded;
        _encoded = parser.Encode(packet);
        _isEncoded = true;
        return _encoded;
    }
}
