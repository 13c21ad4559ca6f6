namespace SocketIO.Parsing;

/// <summary>The type of a Socket.IO packet; each value is the digit that stands for it on the wire.</summary>
/// <remarks>Above a parser a packet is never <see cref="BinaryEvent"/> or <see cref="BinaryAck"/>: attachments make a parser frame it
/// so.</remarks>
public enum PacketType : byte
{
    /// <summary>Asks for a namespace, or grants it.</summary>
    Connect = 0,

    /// <summary>Leaves a namespace.</summary>
    Disconnect = 1,

    /// <summary>An event.</summary>
    Event = 2,

    /// <summary>The acknowledgement of an event.</summary>
    Ack = 3,

    /// <summary>Refuses a namespace.</summary>
    ConnectError = 4,

    /// <summary>An event with attachments.</summary>
    BinaryEvent = 5,

    /// <summary>An acknowledgement with attachments.</summary>
    BinaryAck = 6,
}
