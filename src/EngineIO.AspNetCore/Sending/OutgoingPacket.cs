namespace EngineIO.AspNetCore.Sending;

/// <summary>A packet in the send queue.</summary>
/// <param name="Frame">The packet.</param>
/// <param name="Compress">Whether its sender wants it compressed; control packets never do.</param>
/// <param name="StartsGroup">Whether it is the first of a group that is queued and dropped as a whole.</param>
internal readonly record struct OutgoingPacket(EngineFrame Frame, bool Compress, bool StartsGroup)
{
    /// <summary>Control packets are neither counted nor dropped.</summary>
    public bool IsMessage => Frame.Type == EnginePacketType.Message;

    public static OutgoingPacket Control(EngineFrame frame) => new(frame, Compress: false, StartsGroup: true);
}
