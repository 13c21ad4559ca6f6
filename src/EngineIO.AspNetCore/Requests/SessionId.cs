using System.Buffers.Binary;
using System.Security.Cryptography;

namespace EngineIO.AspNetCore.Requests;

/// <summary>Makes ids of 20 characters: 12 random bytes and a counter, in base64url.</summary>
internal static class SessionId
{
    private static uint s_counter;

    public static string Generate()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[..12]);
        // The counter's low three bytes follow the random ones.
        BinaryPrimitives.WriteUInt32BigEndian(bytes[12..], Interlocked.Increment(ref s_counter) << 8);
        return Convert.ToBase64String(bytes[..15]).Replace('+', '-').Replace('/', '_');
    }
}
