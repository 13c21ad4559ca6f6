using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SocketIO.Json;

/// <summary>Reads values of one type. Made once per type and serializer, so that reading looks nothing up.</summary>
/// <typeparam name="T">The type.</typeparam>
internal sealed class ValueReader<T>
{
    private readonly JsonTypeInfo<T> _typeInfo;

    // Set where calling the converter is all that the serializer would do for such a value.
    private readonly JsonConverter<T>? _converter;

    internal ValueReader(JsonSerializerOptions options)
    {
        _typeInfo = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        var isStrict = options.NumberHandling == JsonNumberHandling.Strict && _typeInfo.NumberHandling is null or JsonNumberHandling.Strict;
        if (_typeInfo.Kind == JsonTypeInfoKind.None && isStrict) _converter = _typeInfo.Converter as JsonConverter<T>;
    }

    /// <summary>Reads the value whose first token the reader stands on, and leaves it on the last.</summary>
    internal T? Read(ref Utf8JsonReader reader)
    {
        if (_converter is null) return JsonSerializer.Deserialize(ref reader, _typeInfo);
        if (reader.TokenType == JsonTokenType.Null && default(T) is null && !_converter.HandleNull) return default;
        return _converter.Read(ref reader, typeof(T), _typeInfo.Options);
    }
}
