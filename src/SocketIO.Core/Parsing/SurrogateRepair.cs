namespace SocketIO.Parsing;

/// <summary>Replaces escapes of lone surrogates by that of U+FFFD, which is as long. JavaScript lets such strings pass; in UTF-8, and for
/// .NET's JSON, they do not exist.</summary>
internal static class SurrogateRepair
{
    // \uXXXX
    private const int EscapeLength = 6;

    /// <summary>The JSON without lone surrogates: itself, where it has none.</summary>
    /// <param name="json">JSON that need not be valid.</param>
    internal static ReadOnlyMemory<byte> Repair(ReadOnlyMemory<byte> json)
    {
        byte[]? repaired = null;
        var text = json.Span;
        for (var i = Next(text, 0); i >= 0; i = Next(text, i))
        {
            var isHigh = IsSurrogate(text[i..], isHigh: true);
            if (isHigh && IsSurrogate(text[(i + EscapeLength)..], isHigh: false)) i += 2 * EscapeLength;
            else if (isHigh || IsSurrogate(text[i..], isHigh: false))
            {
                repaired ??= json.ToArray();
                @"\ufffd"u8.CopyTo(repaired.AsSpan(i));
                i += EscapeLength;
            }
            else i += 2;
        }

        return repaired ?? json;
    }

    /// <summary>The position of the next escape; -1 for none. A backslash begins one wherever it stands in valid JSON.</summary>
    private static int Next(ReadOnlySpan<byte> text, int start)
    {
        if (start >= text.Length) return -1;
        var index = text[start..].IndexOf((byte)'\\');
        return index < 0 ? -1 : start + index;
    }

    private static bool IsSurrogate(ReadOnlySpan<byte> escape, bool isHigh) =>
        escape.Length >= EscapeLength && escape[0] == (byte)'\\' && escape[1] == (byte)'u' && (escape[2] | 0x20) == 'd'
        && IsHex(escape[4]) && IsHex(escape[5]) && (escape[3] | 0x20) switch
        {
            '8' or '9' or 'a' or 'b' => isHigh,
            'c' or 'd' or 'e' or 'f' => !isHigh,
            _ => false,
        };

    private static bool IsHex(byte digit) => digit is >= (byte)'0' and <= (byte)'9' || (digit | 0x20) is >= 'a' and <= 'f';
}
