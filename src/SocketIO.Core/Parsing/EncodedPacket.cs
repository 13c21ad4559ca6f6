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

    /// <summary>The same packet, in memory of its own where it is lent (<see cref="EngineFrame.IsLent"/>).</summary>
    public EncodedPacket Keep()
    {
        if (Rest.IsEmpty) return new(First.Keep());
        var rest = Rest.ToArray();
        for (var i = 0; i < rest.Length; i++) rest[i] = rest[i].Keep();
        return new(First.Keep(), rest);
    }
}
