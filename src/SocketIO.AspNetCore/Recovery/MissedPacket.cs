namespace SocketIO.AspNetCore.Recovery;

/// <summary>An event that a client missed.</summary>
/// <param name="Offset">Its offset.</param>
/// <param name="Data">Name, arguments and, as the last of them, the offset.</param>
public readonly record struct MissedPacket(string Offset, Payload Data)
{
    /// <summary>A packet of an event that is stored without its offset.</summary>
    /// <param name="offset">The offset: letters, digits and punctuation that JSON does not escape.</param>
    /// <param name="data">Name and arguments, a JSON array.</param>
    public static MissedPacket ForEvent(string offset, Payload data)
    {
        ArgumentNullException.ThrowIfNull(offset);
        return new(offset, OffsetPayload.Append(data, offset));
    }
}
