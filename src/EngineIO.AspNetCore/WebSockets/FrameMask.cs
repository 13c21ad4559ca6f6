using System.Numerics;
using System.Runtime.InteropServices;

namespace EngineIO.AspNetCore.WebSockets;

/// <summary>The masking of what clients send (RFC 6455, section 5.3).</summary>
internal static class FrameMask
{
    /// <summary>Masks or unmasks bytes in place.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="mask">The key as it stands in memory, its first byte for the first of <paramref name="bytes"/>.</param>
    public static void Apply(Span<byte> bytes, uint mask)
    {
        var vectors = MemoryMarshal.Cast<byte, Vector<uint>>(bytes);
        var key = new Vector<uint>(mask);
        for (var i = 0; i < vectors.Length; i++) vectors[i] ^= key;
        bytes = bytes[(vectors.Length * Vector<byte>.Count)..];

        var words = MemoryMarshal.Cast<byte, uint>(bytes);
        for (var i = 0; i < words.Length; i++) words[i] ^= mask;
        bytes = bytes[(words.Length * sizeof(uint))..];

        for (var i = 0; i < bytes.Length; i++, mask = Skip(mask, 1)) bytes[i] ^= First(mask);
    }

    /// <summary>The key for what follows so many bytes.</summary>
    public static uint Skip(uint mask, long count)
    {
        var bits = (int)(count & 3) * 8;
        return BitConverter.IsLittleEndian ? BitOperations.RotateRight(mask, bits) : BitOperations.RotateLeft(mask, bits);
    }

    private static byte First(uint mask) => BitConverter.IsLittleEndian ? (byte)mask : (byte)(mask >> 24);
}
