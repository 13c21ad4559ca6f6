using System.Globalization;
using System.Text.Json;

namespace SocketIO.Json;

/// <summary>Writes floating-point numbers as JavaScript does.</summary>
/// <remarks>Source: https://tc39.es/ecma262/#sec-numeric-types-number-tostring</remarks>
internal static class JavaScriptNumber
{
    // Sign, point, 17 digits, six leading or 21 trailing zeros, exponent.
    private const int MaxLength = 40;
    private const double MaxSafeInteger = 9007199254740991;

    internal static void Write(Utf8JsonWriter writer, double value)
    {
        if (Math.Abs(value) <= MaxSafeInteger && Math.Floor(value) == value)
        {
            // Drops the sign of -0, as JSON.stringify does.
            writer.WriteNumberValue((long)value);
            return;
        }

        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            writer.WriteNullValue();
            return;
        }

        Span<byte> text = stackalloc byte[MaxLength];
        writer.WriteRawValue(text[..Format(value, text)], skipInputValidation: true);
    }

    internal static void Write(Utf8JsonWriter writer, float value)
    {
        if (float.IsNaN(value) || float.IsInfinity(value))
        {
            writer.WriteNullValue();
            return;
        }

        Span<char> shortest = stackalloc char[MaxLength];
        Span<byte> text = stackalloc byte[MaxLength];
        writer.WriteRawValue(text[..LayOut(shortest[..Shortest(value, shortest)], text)], skipInputValidation: true);
    }

    /// <summary>The text of a number, as <c>String(value)</c> gives it.</summary>
    internal static string ToString(double value)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "Infinity" : "-Infinity";
        Span<byte> text = stackalloc byte[MaxLength];
        return Polyfills.Utf8ToString(text[..Format(value, text)]);
    }

    /// <summary>The text of a number, with the digits that a <see cref="float"/> needs.</summary>
    internal static string ToString(float value)
    {
        if (float.IsNaN(value) || float.IsInfinity(value)) return ToString((double)value);
        Span<char> shortest = stackalloc char[MaxLength];
        Span<byte> text = stackalloc byte[MaxLength];
        return Polyfills.Utf8ToString(text[..LayOut(shortest[..Shortest(value, shortest)], text)]);
    }

    private static int Format(double value, Span<byte> output)
    {
        Span<char> shortest = stackalloc char[MaxLength];
        return LayOut(shortest[..Shortest(value, shortest)], output);
    }

    private static int Shortest(double value, Span<char> output)
    {
#if NETSTANDARD2_0
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        text.AsSpan().CopyTo(output);
        return text.Length;
#else
        // The shortest text that reads back as the same number.
        return value.TryFormat(output, out var length, "R", CultureInfo.InvariantCulture) ? length : 0;
#endif
    }

    private static int Shortest(float value, Span<char> output)
    {
#if NETSTANDARD2_0
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        text.AsSpan().CopyTo(output);
        return text.Length;
#else
        return value.TryFormat(output, out var length, "R", CultureInfo.InvariantCulture) ? length : 0;
#endif
    }

    /// <summary>Takes .NET's text apart into digits and the position of the point, and puts these down as JavaScript does.</summary>
    private static int LayOut(ReadOnlySpan<char> number, Span<byte> output)
    {
        Span<byte> digits = stackalloc byte[MaxLength];
        var count = 0;
        var point = 0;
        var sawPoint = false;
        var isNegative = false;
        for (var i = 0; i < number.Length; i++)
        {
            var c = number[i];
            if (c is >= '0' and <= '9')
            {
                // Leading zeros are no digits, but those behind the point move it.
                if (c == '0' && count == 0) point -= sawPoint ? 1 : 0;
                else
                {
                    digits[count++] = (byte)c;
                    if (!sawPoint) point++;
                }
            }
            else if (c == '.') sawPoint = true;
            else if (c == '-') isNegative = true;
            else
            {
                point += ParseExponent(number[(i + 1)..]);
                break;
            }
        }

        while (count > 0 && digits[count - 1] == (byte)'0') count--;
        var writer = new AsciiWriter(output);
        if (count == 0) writer.Write((byte)'0');
        else Write(ref writer, digits[..count], point, isNegative);
        return writer.Length;
    }

    private static void Write(ref AsciiWriter writer, scoped ReadOnlySpan<byte> digits, int point, bool isNegative)
    {
        if (isNegative) writer.Write((byte)'-');
        if (point is < -5 or > 21)
        {
            writer.Write(digits[..1]);
            if (digits.Length > 1) writer.Write((byte)'.');
            writer.Write(digits[1..]);
            writer.Write((byte)'e');
            if (point > 0) writer.Write((byte)'+');
            writer.Write(point - 1);
        }
        else if (point <= 0)
        {
            writer.Write("0."u8);
            writer.Fill((byte)'0', -point);
            writer.Write(digits);
        }
        else
        {
            writer.Write(digits[..Math.Min(point, digits.Length)]);
            writer.Fill((byte)'0', point - digits.Length);
            if (point >= digits.Length) return;
            writer.Write((byte)'.');
            writer.Write(digits[point..]);
        }
    }

    private static int ParseExponent(ReadOnlySpan<char> text)
    {
        var value = 0;
        foreach (var c in text)
        {
            if (c is >= '0' and <= '9') value = (value * 10) + (c - '0');
        }

        return text[0] == '-' ? -value : value;
    }
}
