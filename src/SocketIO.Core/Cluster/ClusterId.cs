using System.Security.Cryptography;

namespace SocketIO.Cluster;

/// <summary>Makes the ids of servers and of requests.</summary>
public static class ClusterId
{
    private const int Bytes = 8;

    /// <summary>A new id: 16 lower-case hexadecimal digits, at random.</summary>
    public static string Next()
    {
        var bytes = new byte[Bytes];
        using (var random = RandomNumberGenerator.Create()) random.GetBytes(bytes);
        var digits = new char[Bytes * 2];
        for (var i = 0; i < digits.Length; i++) digits[i] = "0123456789abcdef"[(bytes[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 15];
        return new string(digits);
    }
}
