using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocketIO.Json;

/// <summary>Writes numbers as JavaScript does, with the digits that a <see cref="float"/> needs; NaN and infinities are null.</summary>
internal sealed class SingleConverter : JsonConverter<float>
{
    public override float Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        FloatingPoint.TryReadString(ref reader, options, out var value) ? (float)value : reader.GetSingle();

    public override void Write(Utf8JsonWriter writer, float value, JsonSerializerOptions options)
    {
        var isFinite = !float.IsNaN(value) && !float.IsInfinity(value);
        if (FloatingPoint.IsWrittenAsString(options, isFinite)) writer.WriteStringValue(JavaScriptNumber.ToString(value));
        else JavaScriptNumber.Write(writer, value);
    }
}
