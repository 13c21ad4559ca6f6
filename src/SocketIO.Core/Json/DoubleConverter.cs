using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocketIO.Json;

/// <summary>Writes numbers as JavaScript does; NaN and infinities are null.</summary>
internal sealed class DoubleConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        FloatingPoint.TryReadString(ref reader, options, out var value) ? value : reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        var isFinite = !double.IsNaN(value) && !double.IsInfinity(value);
        if (FloatingPoint.IsWrittenAsString(options, isFinite)) writer.WriteStringValue(JavaScriptNumber.ToString(value));
        else JavaScriptNumber.Write(writer, value);
    }
}
