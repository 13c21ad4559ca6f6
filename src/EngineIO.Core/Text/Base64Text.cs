using System.Buffers;
using System.Buffers.Text;

namespace EngineIO.Text;

/// <summary>Base64 as Engine.IO peers write it: standard or URL-safe alphabet, padded or not.</summary>
internal static class Base64Text
{
    private static ReadOnlySpan<byte> UrlSafeOnly => "-_"u8;

    /// <summary>Decodes over the text itself. Padding may be missing, in part too; any other stray character is refused.</summary>
    /// <param name="text">The text; its first <paramref name="length"/> bytes become the result, the others are left undefined.</param>
    /// <param name="length">The number of decoded bytes.</param>
    public static bool TryDecodeInPlace(Span<byte> text, out int length)
    {
        length = 0;
        var digits = TrimPadding(text);
        int rest = digits.Length % 4;
        if (rest == 1 || text.Length - digits.Length > (4 - rest) % 4) return false;
        ToStandardAlphabet(digits);

        // The tail is read before the whole groups are decoded; the missing padding leaves no room to let the framework do it.
        if (!TryDecodeTail(digits.Slice(digits.Length - rest), out byte first, out byte second)) return false;
        var groups = digits.Slice(0, digits.Length - rest);
        int whole = groups.Length / 4 * 3;

        // Fewer bytes than the groups hold mean white space or padding in the middle, which the framework lets pass.
        if (Base64.DecodeFromUtf8InPlace(groups, out int written) != OperationStatus.Done || written != whole) return false;
        if (rest >= 2) text[whole++] = first;
        if (rest == 3) text[whole++] = second;
        length = whole;
        return true;
    }

    /// <summary>Writes <paramref name="data"/> in the standard alphabet, padded.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="output">Receives the text.</param>
    public static void Write(ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        if (data.IsEmpty) return;
        var span = output.GetSpan(Base64.GetMaxEncodedToUtf8Length(data.Length));
        Base64.EncodeToUtf8(data, span, out _, out int written);
        output.Advance(written);
    }

    /// <summary>A new array that holds <paramref name="prefix"/> and then <paramref name="data"/> in base64.</summary>
    /// <param name="prefix">What precedes the base64.</param>
    /// <param name="data">The bytes.</param>
    public static byte[] ToArray(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> data)
    {
        var text = new byte[prefix.Length + EncodedLength(data.Length)];
        prefix.CopyTo(text);
        Base64.EncodeToUtf8(data, text.AsSpan(prefix.Length), out _, out _);
        return text;
    }

    /// <summary>The padded length of the base64 of <paramref name="length"/> bytes.</summary>
    /// <param name="length">The number of bytes.</param>
    public static int EncodedLength(int length) => Base64.GetMaxEncodedToUtf8Length(length);

    private static Span<byte> TrimPadding(Span<byte> text)
    {
        int end = text.Length;
        for (int i = 0; i < 2 && end > 0 && text[end - 1] == '='; i++) end--;
        return text.Slice(0, end);
    }

    private static void ToStandardAlphabet(Span<byte> digits)
    {
        for (int i; (i = digits.IndexOfAny(UrlSafeOnly)) >= 0; digits = digits.Slice(i + 1))
            digits[i] = digits[i] == '-' ? (byte)'+' : (byte)'/';
    }

    private static bool TryDecodeTail(ReadOnlySpan<byte> tail, out byte first, out byte second)
    {
        first = second = 0;
        if (tail.IsEmpty) return true;
        Span<byte> group = stackalloc byte[4];
        group.Fill((byte)'A');
        tail.CopyTo(group);
        if (Base64.DecodeFromUtf8InPlace(group, out int written) != OperationStatus.Done || written != 3) return false;
        (first, second) = (group[0], group[1]);
        return true;
    }
}
