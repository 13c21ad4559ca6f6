namespace NativeClient;

/// <summary>A type of the application's own, which travels as JSON or MessagePack.</summary>
internal sealed record Order(string Item, int Count, byte[] Picture);
