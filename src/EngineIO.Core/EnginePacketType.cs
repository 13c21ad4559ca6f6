namespace EngineIO;

/// <summary>The type of an Engine.IO packet; each value is the ASCII digit that stands for it on the wire.</summary>
public enum EnginePacketType : byte
{
    /// <summary>Handshake data, the first packet of a session.</summary>
    Open = (byte)'0',

    /// <summary>The transport may be closed.</summary>
    Close = (byte)'1',

    /// <summary>Heartbeat, or the probe of an upgrade.</summary>
    Ping = (byte)'2',

    /// <summary>The answer to a ping.</summary>
    Pong = (byte)'3',

    /// <summary>A message of the application.</summary>
    Message = (byte)'4',

    /// <summary>The client completes an upgrade.</summary>
    Upgrade = (byte)'5',

    /// <summary>Nothing; ends a pending poll.</summary>
    Noop = (byte)'6',
}
