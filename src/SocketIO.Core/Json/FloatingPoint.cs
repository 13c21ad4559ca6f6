using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocketIO.Json;

/// <summary>What <see cref="JsonSerializerOptions.NumberHandling"/> asks of floating-point numbers; converters have to see to it
/// themselves.</summary>
internal static class FloatingPoint
{
    /// <summary>Reads a number that stands in a string, where the options allow it.</summary>
    /// <returns>False where the token must be a number.</returns>
    internal static bool TryReadString(ref Utf8JsonReader reader, JsonSerializerOptions options, out double value)
    {
        value = 0;
        var handling = options.NumberHandling;
        if (reader.TokenType != JsonTokenType.String || handling == JsonNumberHandling.Strict) return false;
        var text = reader.GetString();
        if (handling.HasFlag(JsonNumberHandling.AllowNamedFloatingPointLiterals) && TryReadLiteral(text, out value)) return true;
        return handling.HasFlag(JsonNumberHandling.AllowReadingFromString) && !TryReadLiteral(text, out _)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Whether a number is to be written as a string.</summary>
    internal static bool IsWrittenAsString(JsonSerializerOptions options, bool isFinite) =>
        options.NumberHandling != JsonNumberHandling.Strict
        && options.NumberHandling.HasFlag(isFinite ? JsonNumberHandling.WriteAsString : JsonNumberHandling.AllowNamedFloatingPointLiterals);

    private static bool TryReadLiteral(string? text, out double value)
    {
        value = text switch { "Infinity" => double.PositiveInfinity, "-Infinity" => double.NegativeInfinity, _ => double.NaN };
        return text is "NaN" or "Infinity" or "-Infinity";
    }
}
