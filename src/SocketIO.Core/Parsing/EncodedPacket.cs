using EngineIO;

namespace SocketIO.Parsing;

/// <summary>A packet as the Engine.IO messages that carry it, in the order in which they must be sent, with nothing between them.</summary>
/// <param name="first">The first message; most packets have no other.</param>
/// <param name="rest">The messages that follow it: attachments.</param>
public readonly struct EncodedPacket(EngineFrame first, ReadOnlyMemory<EngineFrame> rest = default)
{
    /// <summary>The first message.</summary>
    public EngineFrame First { get; } = first;

    /// <summary>The messages that follow the first.</summary>
    public ReadOnlyMemory<EngineFrame> Rest { get; } = rest;
}
