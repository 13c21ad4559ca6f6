using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocketIO.Json;

/// <summary>Writes dates as JavaScript's <c>toJSON</c> does: UTC, milliseconds.</summary>
internal sealed class DateTimeOffsetConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        DateTimeConverter.WriteUtc(writer, value.UtcDateTime);
}
