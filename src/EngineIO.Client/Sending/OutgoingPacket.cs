namespace EngineIO.Client.Sending;

/// <summary>A packet that waits to be written.</summary>
/// <param name="Frame">The packet.</param>
/// <param name="Compress">Whether its sender lets it be compressed.</param>
internal readonly record struct OutgoingPacket(EngineFrame Frame, bool Compress);
