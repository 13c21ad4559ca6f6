using SocketIO.Parsing;

namespace SocketIO.AspNetCore.Adapters;

/// <summary>One broadcast on its way to the sockets of this server. Encoded when the first of them is found, and once.</summary>
/// <param name="parser">Encodes it.</param>
/// <param name="packet">The packet.</param>
/// <param name="options">How to send it.</param>
/// <param name="buffer">Where it is encoded; null where it outlives the broadcast.</param>
/// <param name="offset">Under which offset it is stored; null where it is not.</param>
internal struct BroadcastDelivery(IPacketParser parser, Packet packet, BroadcastOptions options, EncodeBuffer? buffer, string? offset = null)
{
    private bool _isEncoded;

    public readonly Payload Data => packet.Data;

    public string? Offset { get; } = offset;

    public bool IsVolatile { get; } = options.Has(BroadcastFlags.Volatile);

    public bool Compress { get; } = !options.Has(BroadcastFlags.NoCompression);

    /// <summary>The packet, once it has been encoded.</summary>
    public EncodedPacket Encoded { readonly get; private set; }

    public EncodedPacket Encode()
    {
        if (_isEncoded) return Encoded;
        Encoded = buffer?.Encode(parser, packet) ?? parser.Encode(packet);
        _isEncoded = true;
        return Encoded;
    }
}
