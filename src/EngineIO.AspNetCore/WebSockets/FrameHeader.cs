using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace EngineIO.AspNetCore.WebSockets;

/// <summary>The header of a frame (RFC 6455, section 5.2).</summary>
/// <param name="Flags">FIN and the three reserved bits, in the upper half of a byte.</param>
/// <param name="Opcode">What the frame carries.</param>
/// <param name="IsMasked">Whether the payload is masked.</param>
/// <param name="Length">The length of the payload in bytes; negative where it is beyond 63 bits.</param>
/// <param name="Mask">The masking key as it stands in memory.</param>
internal readonly record struct FrameHeader(byte Flags, WebSocketOpcode Opcode, bool IsMasked, long Length, uint Mask)
{
    /// <summary>The longest header, that of a masked frame with a length of 64 bits.</summary>
    public const int MaxSize = 14;

    private const byte FinBit = 0x80;
    private const byte MaskBit = 0x80;
    private const int Length16 = 126;
    private const int Length64 = 127;

    public bool IsFinal => (Flags & FinBit) != 0;

    public bool HasReservedBits => (Flags & ~FinBit) != 0;

    public bool IsControl => Opcode >= WebSocketOpcode.Close;

    /// <summary>How long the header is that begins with these bytes; 2 where they do not tell yet.</summary>
    public static int SizeOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2) return 2;
        var size = (bytes[1] & ~MaskBit) switch { Length16 => 4, Length64 => 10, _ => 2 };
        return (bytes[1] & MaskBit) != 0 ? size + 4 : size;
    }

    /// <summary>Reads a header that is whole.</summary>
    public static FrameHeader Read(ReadOnlySpan<byte> bytes)
    {
        var isMasked = (bytes[1] & MaskBit) != 0;
        long length = bytes[1] & ~MaskBit;
        if (length == Length16) length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        else if (length == Length64) length = BinaryPrimitives.ReadInt64BigEndian(bytes[2..]);
        var mask = isMasked ? MemoryMarshal.Read<uint>(bytes[(SizeOf(bytes) - 4)..]) : 0;
        return new((byte)(bytes[0] & 0xF0), (WebSocketOpcode)(bytes[0] & 0x0F), isMasked, length, mask);
    }

    /// <summary>Writes the header of a frame that is whole and not masked, as a server sends it.</summary>
    /// <returns>Its size, 10 bytes at the most.</returns>
    public static int Write(Span<byte> output, WebSocketOpcode opcode, int length)
    {
        output[0] = (byte)(FinBit | (byte)opcode);
        switch (length)
        {
            case < Length16:
                output[1] = (byte)length;
                return 2;
            case <= ushort.MaxValue:
                output[1] = Length16;
                BinaryPrimitives.WriteUInt16BigEndian(output[2..], (ushort)length);
                return 4;
            default:
                output[1] = Length64;
                BinaryPrimitives.WriteInt64BigEndian(output[2..], length);
                return 10;
        }
    }
}
