using System.Buffers.Text;

namespace SocketIO.MessagePack.Wire;

/// <summary>Puts a point in time down as JavaScript's <c>toISOString</c> does.</summary>
/// <remarks>Source: https://tc39.es/ecma262/#sec-date-time-string-format</remarks>
internal static class DateText
{
    /// <summary>The most bytes that a date has: <c>+YYYYYY-MM-DDTHH:mm:ss.sssZ</c>.</summary>
    internal const int MaxLength = 27;

    private const long MaxMilliseconds = 8_640_000_000_000_000;

    // The calendar repeats after 400 years.
    private const int CycleYears = 400;
    private const long CycleMilliseconds = 146_097L * 24 * 60 * 60 * 1000;
    private static readonly DateTime s_epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Whether JavaScript has such a date.</summary>
    internal static bool IsValid(long milliseconds) => milliseconds is >= -MaxMilliseconds and <= MaxMilliseconds;

    /// <summary>Formats a valid date.</summary>
    /// <param name="milliseconds">Since 1970.</param>
    /// <param name="output">Where it goes; must hold <see cref="MaxLength"/> bytes.</param>
    /// <returns>How many bytes it has.</returns>
    internal static int Format(long milliseconds, Span<byte> output)
    {
        var cycles = milliseconds / CycleMilliseconds;
        var date = s_epoch.AddTicks((milliseconds - (cycles * CycleMilliseconds)) * TimeSpan.TicksPerMillisecond);
        var year = date.Year + ((int)cycles * CycleYears);
        var length = 0;
        if (year is < 0 or > 9999) output[length++] = (byte)(year < 0 ? '-' : '+');
        Write(output, ref length, Math.Abs(year), length == 0 ? 4 : 6, (byte)'-');
        Write(output, ref length, date.Month, 2, (byte)'-');
        Write(output, ref length, date.Day, 2, (byte)'T');
        Write(output, ref length, date.Hour, 2, (byte)':');
        Write(output, ref length, date.Minute, 2, (byte)':');
        Write(output, ref length, date.Second, 2, (byte)'.');
        Write(output, ref length, date.Millisecond, 3, (byte)'Z');
        return length;
    }

    private static void Write(Span<byte> output, ref int position, int value, int digits, byte end)
    {
        Utf8Formatter.TryFormat(value, output[position..], out var written, new('D', (byte)digits));
        position += written;
        output[position++] = end;
    }
}
