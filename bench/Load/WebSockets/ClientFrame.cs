using System.Buffers.Binary;

namespace Load.WebSockets;

/// <summary>Frames as a client sends them, made once and sent often.</summary>
internal static class ClientFrame
{
    /// <summary>Any key will do: nothing here has proxies to fear. It is not zero, so that no server is spared the work.</summary>
    private static ReadOnlySpan<byte> Mask => [0x5A, 0x3C, 0xE1, 0x97];

    public static byte[] Encode(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var header = HeaderLength(payload.Length);
        var frame = new byte[header + payload.Length];
        frame[0] = (byte)(0x80 | (byte)opcode);
        frame[1] = 0x80;
        switch (header)
        {
            case 6:
                frame[1] |= (byte)payload.Length;
                break;
            case 8:
                frame[1] |= 126;
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
                break;
            default:
                frame[1] |= 127;
                BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(2), payload.Length);
                break;
        }

        Mask.CopyTo(frame.AsSpan(header - Mask.Length));
        payload.CopyTo(frame.AsSpan(header));
        ApplyMask(frame.AsSpan(header), position: 0);
        return frame;
    }

    public static int HeaderLength(int payload) => payload switch { < 126 => 6, <= ushort.MaxValue => 8, _ => 14 };

    /// <summary>Masks bytes that stand at this position of a payload.</summary>
    public static void ApplyMask(Span<byte> bytes, int position)
    {
        for (var i = 0; i < bytes.Length; i++) bytes[i] ^= Mask[(position + i) & 3];
    }
}
