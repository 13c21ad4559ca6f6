namespace SocketIO.Parsing;

/// <summary>A Socket.IO packet, independent of how a parser writes it.</summary>
/// <param name="type">The type; never one of the binary types, which only a parser knows.</param>
/// <param name="ns">The namespace.</param>
/// <param name="data">The data.</param>
/// <param name="id">The acknowledgement id, 0 to 2^53-1.</param>
public readonly struct Packet(PacketType type, string ns, Payload data = default, long? id = null)
{
    /// <summary>The type.</summary>
    public PacketType Type { get; } = type;

    /// <summary>The namespace.</summary>
    public string Namespace { get; } = ns;

    /// <summary>The acknowledgement id; null where none is wanted.</summary>
    public long? Id { get; } = id;

    /// <summary>The data. Of a decoded packet, the JSON may be a view of the message it came in.</summary>
    public Payload Data { get; } = data;
}
