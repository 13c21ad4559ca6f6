namespace SocketIO.Client.Internal;

/// <summary>How an event is emitted. The default value is an event without any modifier.</summary>
internal readonly record struct EmitSettings
{
    public bool IsVolatile { get; init; }

    public bool IsUncompressed { get; init; }

    public bool IsCompressed => !IsUncompressed;

    public TimeSpan? Timeout { get; init; }
}
