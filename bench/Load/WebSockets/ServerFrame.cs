using System.Buffers.Binary;

namespace Load.WebSockets;

/// <summary>A frame as a server sends it: never masked, so the payload lies in the buffer as it is.</summary>
internal readonly ref struct ServerFrame
{
    private const int Extended16 = 126;
    private const int Extended64 = 127;

    public Opcode Opcode { get; private init; }

    public bool IsFinal { get; private init; }

    public ReadOnlySpan<byte> Payload { get; private init; }

    /// <summary>Reads the frame at the beginning of the bytes; false when it has not come whole yet.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ServerFrame frame, out int length)
    {
        frame = default;
        length = 0;
        if (bytes.Length < 2) return false;
        if ((bytes[0] & 0x70) != 0) throw new LoadException("a frame with reserved bits: no extension was asked for");

        var (header, payload) = (2, (long)bytes[1]);
        if (payload > Extended64) throw new LoadException("a masked frame from a server");
        if (payload >= Extended16)
        {
            header = payload == Extended16 ? 4 : 10;
            if (bytes.Length < header) return false;
            payload = header == 4 ? BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) : BinaryPrimitives.ReadInt64BigEndian(bytes[2..]);
        }

        if (bytes.Length < header + payload) return false;
        length = header + (int)payload;
        frame = new() { Opcode = (Opcode)(bytes[0] & 0x0F), IsFinal = bytes[0] >= 0x80, Payload = bytes[header..length] };
        return true;
    }
}
