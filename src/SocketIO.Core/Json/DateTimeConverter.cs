using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocketIO.Json;

/// <summary>Writes dates as JavaScript's <c>toJSON</c> does: UTC, milliseconds. A date of unspecified kind is taken for UTC, so that the
/// result does not hang on the machine's time zone.</summary>
internal sealed class DateTimeConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTime();

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        WriteUtc(writer, value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value);

    /// <summary>Writes <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>.</summary>
    internal static void WriteUtc(Utf8JsonWriter writer, DateTime utc)
    {
        Span<byte> text = stackalloc byte[24];
        "0000-00-00T00:00:00.000Z"u8.CopyTo(text);
        Put(text, 3, utc.Year);
        Put(text, 6, utc.Month);
        Put(text, 9, utc.Day);
        Put(text, 12, utc.Hour);
        Put(text, 15, utc.Minute);
        Put(text, 18, utc.Second);
        Put(text, 22, utc.Millisecond);
        writer.WriteStringValue(text);
    }

    /// <summary>Puts down a number whose last digit stands at <paramref name="last"/>, over zeros.</summary>
    private static void Put(Span<byte> text, int last, int value)
    {
        for (; value > 0; value /= 10) text[last--] = (byte)('0' + (value % 10));
    }
}
