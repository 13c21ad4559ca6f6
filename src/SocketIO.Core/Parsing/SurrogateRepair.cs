namespace SocketIO.Parsing;

/// <summary>Replaces escapes of lone surrogates by that of U+FFFD, which is as long. JavaScript lets such strings pass; in UTF-8, and for .NET's
/// JSON, they do not exist.</summary>
internal struct SurrogateRepair
{
    // \uXXXX
    private const int EscapeLength = 6;

    private byte[]? _repaired;

    /// <summary>The JSON without lone surrogates; null where it had none.</summary>
    internal readonly byte[]? Repaired => _repaired;

    /// <summary>Looks at the inside of one string.</summary>
    /// <param name="json">The whole JSON.</param>
    /// <param name="text">The inside of a string of it, valid JSON.</param>
    /// <param name="offset">Where <paramref name="text"/> stands in <paramref name="json"/>.</param>
    internal void Check(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> text, int offset)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != (byte)'\\') continue;
            if (text[i + 1] != (byte)'u')
            {
                i++;
                continue;
            }

            var isHigh = IsSurrogate(text[i..], isHigh: true);
            var isPair = isHigh && i + (2 * EscapeLength) <= text.Length && IsSurrogate(text[(i + EscapeLength)..], isHigh: false);
            if (!isPair && (isHigh || IsSurrogate(text[i..], isHigh: false))) Replace(json, offset + i);
            i += (isPair ? 2 * EscapeLength : EscapeLength) - 1;
        }
    }

    private static bool IsSurrogate(ReadOnlySpan<byte> escape, bool isHigh) =>
        escape[0] == (byte)'\\' && escape[1] == (byte)'u' && (escape[2] | 0x20) == 'd' && (escape[3] | 0x20) switch
        {
            '8' or '9' or 'a' or 'b' => isHigh,
            'c' or 'd' or 'e' or 'f' => !isHigh,
            _ => false,
        };

    private void Replace(ReadOnlyMemory<byte> json, int position)
    {
        _repaired ??= json.ToArray();
        @"\ufffd"u8.CopyTo(_repaired.AsSpan(position));
    }
}
