using System.Buffers.Text;
using System.Text.Json;

namespace SocketIO.Json;

/// <summary>The JSON object that stands for an attachment: <c>{"_placeholder":true,"num":N}</c>.</summary>
internal static class Placeholder
{
    /// <summary>The most bytes that a placeholder has.</summary>
    internal const int MaxLength = 40;

    internal static ReadOnlySpan<byte> FlagName => "_placeholder"u8;

    internal static ReadOnlySpan<byte> NumberName => "num"u8;

    private static ReadOnlySpan<byte> Head => """{"_placeholder":true,"num":"""u8;

    internal static void Write(Utf8JsonWriter writer, int number)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        writer.WriteRawValue(text[..Format(number, text)], skipInputValidation: true);
    }

    /// <summary>Puts a placeholder down; <paramref name="output"/> must hold <see cref="MaxLength"/> bytes.</summary>
    internal static int Format(int number, Span<byte> output)
    {
        Head.CopyTo(output);
        Utf8Formatter.TryFormat(number, output[Head.Length..], out var digits);
        output[Head.Length + digits] = (byte)'}';
        return Head.Length + digits + 1;
    }

    /// <summary>Reads the object that the reader stands on, and leaves it on its end.</summary>
    /// <returns>The number of the attachment; -1 where the object is no placeholder.</returns>
    internal static int Read(ref Utf8JsonReader reader)
    {
        var isPlaceholder = false;
        var number = -1;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var isFlag = reader.ValueTextEquals(FlagName);
            var isNumber = !isFlag && reader.ValueTextEquals(NumberName);
            reader.Read();

            // Of a repeated property the last counts.
            if (isFlag) isPlaceholder = reader.TokenType == JsonTokenType.True;
            if (isNumber) number = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value) ? value : -1;
            reader.TrySkip();
        }

        return isPlaceholder ? number : -1;
    }
}
