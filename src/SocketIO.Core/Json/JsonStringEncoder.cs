#if !NETSTANDARD2_0
using System.Buffers;
#endif
using System.Text.Encodings.Web;
#if !NETSTANDARD2_0
using System.Text.Unicode;
#endif

namespace SocketIO.Json;

/// <summary>Escapes what JSON demands and nothing else, as <c>JSON.stringify</c> does: <c>"</c>, <c>\</c> and control characters. Lone
/// surrogates become U+FFFD.</summary>
internal sealed unsafe class JsonStringEncoder : JavaScriptEncoder
{
    internal static readonly JsonStringEncoder Instance = new();

#if !NETSTANDARD2_0
    private const string Escaped =
        "\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f" +
        "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f";

    private static readonly SearchValues<char> s_chars = SearchValues.Create(Escaped);
    private static readonly SearchValues<byte> s_bytes = SearchValues.Create([.. Escaped.Select(c => (byte)c)]);
#endif

    private JsonStringEncoder()
    {
    }

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\';

    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var chars = new ReadOnlySpan<char>(text, textLength);
#if NETSTANDARD2_0
        var first = -1;
        for (var i = 0; i < chars.Length && first < 0; i++)
        {
            if (WillEncode(chars[i])) first = i;
        }

        var clean = first < 0 ? chars : chars[..first];
        var surrogate = 0;
        while (surrogate < clean.Length && !char.IsSurrogate(clean[surrogate])) surrogate++;
        if (surrogate == clean.Length) return first;
#else
        var first = chars.IndexOfAny(s_chars);
        var clean = first < 0 ? chars : chars[..first];
        var surrogate = clean.IndexOfAnyInRange('\uD800', '\uDFFF');
        if (surrogate < 0) return first;
#endif
        var lone = FindLoneSurrogate(clean, surrogate);
        return lone >= 0 ? lone : first;
    }

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
#if NETSTANDARD2_0
        // Anything but ASCII goes the slow way, which repairs what is not UTF-8.
        for (var i = 0; i < utf8Text.Length; i++)
        {
            if (utf8Text[i] >= 0x80 || WillEncode(utf8Text[i])) return i;
        }

        return -1;
#else
        var first = utf8Text.IndexOfAny(s_bytes);
        return Utf8.IsValid(first < 0 ? utf8Text : utf8Text[..first]) ? first : 0;
#endif
    }

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var output = new Span<char>(buffer, bufferLength);
        var text = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => @"\\",
            '\b' => @"\b",
            '\f' => @"\f",
            '\n' => @"\n",
            '\r' => @"\r",
            '\t' => @"\t",
            < 0x20 => $@"\u00{unicodeScalar:x2}",
            _ => char.ConvertFromUtf32(unicodeScalar),
        };
        return TryWrite(text, output, out numberOfCharactersWritten);
    }

    private static bool TryWrite(string text, Span<char> output, out int written)
    {
        var fits = text.AsSpan().TryCopyTo(output);
        written = fits ? text.Length : 0;
        return fits;
    }

    private static int FindLoneSurrogate(ReadOnlySpan<char> text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return i;
            i++;
        }

        return -1;
    }
}
