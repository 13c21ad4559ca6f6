using System.Text;

namespace SocketIO;

/// <summary>What netstandard2.0 lacks.</summary>
internal static class Polyfills
{
    internal static string Utf8ToString(ReadOnlySpan<byte> utf8)
    {
#if NETSTANDARD2_0
        return Encoding.UTF8.GetString(utf8.ToArray());
#else
        return Encoding.UTF8.GetString(utf8);
#endif
    }

    internal static int WriteUtf8(string text, Span<byte> output)
    {
#if NETSTANDARD2_0
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes.CopyTo(output);
        return bytes.Length;
#else
        return Encoding.UTF8.GetBytes(text, output);
#endif
    }

    internal static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
#if NETSTANDARD2_0
        try
        {
            s_strict.GetCharCount(bytes.ToArray());
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
#else
        return System.Text.Unicode.Utf8.IsValid(bytes);
#endif
    }

#if NETSTANDARD2_0
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
#endif
}
