using System.Security.Cryptography;

namespace SocketIO.AspNetCore.Internal;

/// <summary>Ids that can't be guessed: 15 random bytes as 20 characters of URL-safe base64.</summary>
internal static class SocketId
{
    public static string Next() => string.Create(20, 0, static (characters, _) =>
    {
        Span<byte> random = stackalloc byte[15];
        RandomNumberGenerator.Fill(random);
        Convert.TryToBase64Chars(random, characters, out _);
        characters.Replace('+', '-');
        characters.Replace('/', '_');
    });
}
