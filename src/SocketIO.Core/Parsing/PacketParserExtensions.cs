using SocketIO.Json;

namespace SocketIO.Parsing;

/// <summary>Encoding for those who keep the result.</summary>
public static class PacketParserExtensions
{
    /// <summary>Encodes a packet, in memory of its own.</summary>
    /// <param name="parser">The parser.</param>
    /// <param name="packet">The packet; its attachments are referenced, not copied.</param>
    public static EncodedPacket Encode(this IPacketParser parser, in Packet packet)
    {
        using var buffer = new PooledBuffer();
        return parser.Encode(packet, buffer).Keep();
    }
}
