namespace SocketIO.AspNetCore.Recovery;

/// <summary>Offsets as the reference's in-memory adapter writes them: the time in milliseconds, and a counter where several fall into one, both in base 64. Inside, an offset
/// is a position: one number that grows.</summary>
internal static class LogOffset
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
    private const int DigitBits = 6;
    private const int CounterBits = 21;
    private const long CounterMask = (1L << CounterBits) - 1;

    // Every time from 1972 to 2109 has as many.
    private const int TimeLength = 7;

    /// <summary>The last position before a time.</summary>
    public static long Before(DateTimeOffset time) => (time.ToUnixTimeMilliseconds() << CounterBits) - 1;

    /// <summary>A position after the last one: the first of its millisecond, unless the clock has not moved on.</summary>
    public static long Next(long last, DateTimeOffset time) => Math.Max(time.ToUnixTimeMilliseconds() << CounterBits, last + 1);

    public static string Format(long position)
    {
        Span<char> text = stackalloc char[24];
        var length = Write(position >> CounterBits, text);
        if ((position & CounterMask) is > 0 and var counter)
        {
            text[length++] = '.';
            length += Write(counter - 1, text[length..]);
        }

        return new string(text[..length]);
    }

    /// <summary>Reads an offset as it may come from anybody.</summary>
    public static bool TryParse(string? text, out long position)
    {
        position = 0;
        if (text is null || text.Length < TimeLength) return false;
        var tail = text.AsSpan(TimeLength);
        long counter = 0;
        if (!TryRead(text.AsSpan(0, TimeLength), out var time)) return false;
        if (!tail.IsEmpty)
        {
            if (tail[0] != '.' || tail.Length > 5 || !TryRead(tail[1..], out counter) || ++counter > CounterMask) return false;
        }

        position = (time << CounterBits) | counter;
        return true;
    }

    private static int Write(long value, Span<char> text)
    {
        var length = 1;
        for (var rest = value >> DigitBits; rest > 0; rest >>= DigitBits) length++;
        for (var i = length - 1; i >= 0; i--, value >>= DigitBits) text[i] = Digits[(int)(value & 63)];
        return length;
    }

    // Each number has one spelling.
    private static bool TryRead(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        if (text.IsEmpty || (text[0] == '0' && text.Length > 1)) return false;
        foreach (var character in text)
        {
            var digit = Digits.IndexOf(character, StringComparison.Ordinal);
            if (digit < 0) return false;
            value = (value << DigitBits) | (uint)digit;
        }

        return true;
    }
}
