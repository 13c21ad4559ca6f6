using System.Text.Json.Serialization;

namespace NativeClient;

/// <summary>How the application's types are written and read, made by the compiler: a native program has no reflection for it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Order))]
internal sealed partial class OrderContext : JsonSerializerContext;
