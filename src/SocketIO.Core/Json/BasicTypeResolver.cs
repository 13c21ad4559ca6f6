using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SocketIO.Json;

/// <summary>Knows the types that need no reflection, so that an application with a source-generated context does not have to list
/// them.</summary>
internal sealed class BasicTypeResolver : IJsonTypeInfoResolver
{
    internal static readonly BasicTypeResolver Instance = new();

    private static readonly Dictionary<Type, Func<JsonSerializerOptions, JsonTypeInfo>> s_types = [];

    static BasicTypeResolver()
    {
        AddClass<object>(JsonMetadataServices.ObjectConverter);
        AddClass<string>(JsonMetadataServices.StringConverter);
        AddClass<byte[]>(JsonMetadataServices.ByteArrayConverter);
        AddClass<Uri>(JsonMetadataServices.UriConverter);
        AddClass<Version>(JsonMetadataServices.VersionConverter);
        AddClass<JsonDocument>(JsonMetadataServices.JsonDocumentConverter);
        AddClass<JsonNode>(JsonMetadataServices.JsonNodeConverter);
        AddClass<JsonObject>(JsonMetadataServices.JsonObjectConverter);
        AddClass<JsonArray>(JsonMetadataServices.JsonArrayConverter);
        AddClass<JsonValue>(JsonMetadataServices.JsonValueConverter);
        AddStruct(JsonMetadataServices.JsonElementConverter);
        AddStruct(JsonMetadataServices.BooleanConverter);
        AddStruct(JsonMetadataServices.ByteConverter);
        AddStruct(JsonMetadataServices.SByteConverter);
        AddStruct(JsonMetadataServices.CharConverter);
        AddStruct(JsonMetadataServices.Int16Converter);
        AddStruct(JsonMetadataServices.UInt16Converter);
        AddStruct(JsonMetadataServices.Int32Converter);
        AddStruct(JsonMetadataServices.UInt32Converter);
        AddStruct(JsonMetadataServices.Int64Converter);
        AddStruct(JsonMetadataServices.UInt64Converter);
        AddStruct(JsonMetadataServices.SingleConverter);
        AddStruct(JsonMetadataServices.DoubleConverter);
        AddStruct(JsonMetadataServices.DecimalConverter);
        AddStruct(JsonMetadataServices.GuidConverter);
        AddStruct(JsonMetadataServices.TimeSpanConverter);
        AddStruct(JsonMetadataServices.DateTimeConverter);
        AddStruct(JsonMetadataServices.DateTimeOffsetConverter);
#if !NETSTANDARD2_0
        AddStruct(JsonMetadataServices.DateOnlyConverter);
        AddStruct(JsonMetadataServices.TimeOnlyConverter);
        AddStruct(JsonMetadataServices.HalfConverter);
        AddStruct(JsonMetadataServices.Int128Converter);
        AddStruct(JsonMetadataServices.UInt128Converter);
#endif
        AddStruct(JsonMetadataServices.MemoryByteConverter);
        AddStruct(JsonMetadataServices.ReadOnlyMemoryByteConverter);
        AddStruct(BinaryConverters.ArraySegment);
        AddStruct(new PayloadConverter());
    }

    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) =>
        s_types.TryGetValue(type, out var create) ? create(options) : null;

    private static void AddClass<T>(JsonConverter<T?> converter)
        where T : class =>
        s_types.Add(typeof(T), options => JsonMetadataServices.CreateValueInfo<T>(options, Choose<T>(options, converter)));

    private static void AddStruct<T>(JsonConverter<T> converter)
        where T : struct
    {
        s_types.Add(typeof(T), options => JsonMetadataServices.CreateValueInfo<T>(options, Choose<T>(options, converter)));
        s_types.Add(typeof(T?), options =>
            JsonMetadataServices.CreateValueInfo<T?>(options, JsonMetadataServices.GetNullableConverter<T>(options)));
    }

    /// <summary>The converter of the options, where they have one.</summary>
    private static JsonConverter Choose<T>(JsonSerializerOptions options, JsonConverter converter)
    {
        foreach (var candidate in options.Converters)
        {
            if (!candidate.CanConvert(typeof(T))) continue;
            return candidate is JsonConverterFactory factory ? factory.CreateConverter(typeof(T), options) ?? converter : candidate;
        }

        return converter;
    }
}
