namespace EngineIO;

/// <summary>A decoded Engine.IO packet.</summary>
/// <param name="type">The type.</param>
/// <param name="data">What follows the type; empty where nothing does.</param>
/// <param name="isBinary">Whether the data is binary. Revision 3 knows it of any type, revision 4 of messages alone.</param>
public readonly struct EnginePacket(EnginePacketType type, ReadOnlyMemory<byte> data, bool isBinary = false)
{
    /// <summary>The type.</summary>
    public EnginePacketType Type { get; } = type;

    /// <summary>What follows the type; empty where nothing does.</summary>
    public ReadOnlyMemory<byte> Data { get; } = data;

    /// <summary>Whether the data is binary. Revision 3 knows it of any type, revision 4 of messages alone.</summary>
    public bool IsBinary { get; } = isBinary;
}
