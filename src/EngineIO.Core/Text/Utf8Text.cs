#if !NET8_0_OR_GREATER
using System.Text;
#endif

namespace EngineIO.Text;

/// <summary>What the codecs ask of UTF-8 text.</summary>
internal static class Utf8Text
{
#if NET8_0_OR_GREATER
    /// <summary>Whether the bytes are well-formed UTF-8.</summary>
    /// <param name="text">The bytes.</param>
    public static bool IsValid(ReadOnlySpan<byte> text) => System.Text.Unicode.Utf8.IsValid(text);
#else
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether the bytes are well-formed UTF-8.</summary>
    /// <param name="text">The bytes.</param>
    public static unsafe bool IsValid(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return true;
        try
        {
            fixed (byte* bytes = text) s_strict.GetCharCount(bytes, text.Length);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
#endif

    /// <summary>The length of well-formed text in UTF-16 code units, JavaScript's measure of a string.</summary>
    /// <param name="text">The text.</param>
    public static int CountUtf16(ReadOnlySpan<byte> text)
    {
        int units = 0;
        foreach (byte b in text) units += Utf16Units(b);
        return units;
    }

    /// <summary>Finds the prefix of well-formed text that is <paramref name="units"/> UTF-16 code units long.</summary>
    /// <param name="text">The text.</param>
    /// <param name="units">The length in UTF-16 code units.</param>
    /// <param name="bytes">The length of that prefix in bytes.</param>
    /// <returns>False where the text is shorter or the prefix would split a surrogate pair.</returns>
    public static bool TrySliceUtf16(ReadOnlySpan<byte> text, long units, out int bytes)
    {
        bytes = 0;
        if (units > text.Length) return false;
        while (bytes < text.Length && units > 0) units -= Utf16Units(text[bytes++]);
        if (units != 0) return false;
        while (bytes < text.Length && IsContinuation(text[bytes])) bytes++;
        return true;
    }

    // A character counts at its first byte; those that take four bytes in UTF-8 are surrogate pairs in UTF-16.
    private static int Utf16Units(byte b) => IsContinuation(b) ? 0 : b >= 0xF0 ? 2 : 1;

    private static bool IsContinuation(byte b) => (b & 0xC0) == 0x80;
}
