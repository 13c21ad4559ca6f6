#if !NETSTANDARD2_0
using System.Diagnostics.CodeAnalysis;
#endif
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SocketIO.Json;

/// <summary>Makes the options of a <see cref="PayloadSerializer"/>.</summary>
internal static class SerializerSetup
{
    /// <summary>A read-only copy of the user's options with what the protocol needs.</summary>
    internal static JsonSerializerOptions CreateOptions(JsonSerializerOptions? user)
    {
#pragma warning disable RS0030 // This is the set-up: one instance per serializer.
        var options = user is null ? new JsonSerializerOptions { PropertyNameCaseInsensitive = true } : new JsonSerializerOptions(user);
#pragma warning restore RS0030
        options.WriteIndented = false;
        options.Encoder ??= JsonStringEncoder.Instance;
        options.TypeInfoResolver = JsonTypeInfoResolver.Combine(options.TypeInfoResolver ?? DefaultResolver(), BasicTypeResolver.Instance)
            .WithAddedModifier(KeepNumberHandling);

        // Behind the user's converters, which win.
        options.Converters.Add(new DoubleConverter());
        options.Converters.Add(new SingleConverter());
        options.Converters.Add(new DateTimeConverter());
        options.Converters.Add(new DateTimeOffsetConverter());
        options.Converters.Add(new PayloadConverter());
        foreach (var converter in BinaryConverters.All) options.Converters.Add(converter);
        options.MakeReadOnly();
        return options;
    }

#if !NETSTANDARD2_0
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only where the application has reflection-based serialisation on.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only where the application has reflection-based serialisation on.")]
#endif
    private static DefaultJsonTypeInfoResolver? DefaultResolver() =>
        JsonSerializer.IsReflectionEnabledByDefault ? new DefaultJsonTypeInfoResolver() : null;

    /// <summary>System.Text.Json refuses <see cref="JsonNumberHandlingAttribute"/> on a number with a converter of ours: such a property
    /// keeps the converter that it was written for.</summary>
    private static void KeepNumberHandling(JsonTypeInfo typeInfo)
    {
        if (typeInfo.Kind != JsonTypeInfoKind.Object) return;
        foreach (var property in typeInfo.Properties)
        {
            if (property.CustomConverter is not null || (property.NumberHandling ?? typeInfo.NumberHandling) is null) continue;
            property.CustomConverter = FindStandard(JsonMetadataServices.DoubleConverter, property)
                ?? FindStandard(JsonMetadataServices.SingleConverter, property);
        }
    }

    /// <summary>The converter for a property of its type, nullable or not.</summary>
    private static JsonConverter? FindStandard<T>(JsonConverter<T> converter, JsonPropertyInfo property)
        where T : struct
    {
        if (property.PropertyType == typeof(T)) return converter;
        return property.PropertyType == typeof(T?)
            ? JsonMetadataServices.GetNullableConverter(JsonMetadataServices.CreateValueInfo<T>(property.Options, converter))
            : null;
    }
}
