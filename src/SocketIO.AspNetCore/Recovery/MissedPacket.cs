namespace SocketIO.AspNetCore.Recovery;

/// <summary>An event that a client missed.</summary>
/// <param name="Offset">Its offset.</param>
/// <param name="Data">Name, arguments and, as the last of them, the offset.</param>
public readonly record struct MissedPacket(string Offset, Payload Data);
