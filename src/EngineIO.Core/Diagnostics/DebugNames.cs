namespace EngineIO.Diagnostics;

/// <summary>Packet types and states as the reference's debug lines call them.</summary>
internal static class DebugNames
{
    public static string Of(EnginePacketType type) => type switch
    {
        EnginePacketType.Open => "open",
        EnginePacketType.Close => "close",
        EnginePacketType.Ping => "ping",
        EnginePacketType.Pong => "pong",
        EnginePacketType.Message => "message",
        EnginePacketType.Upgrade => "upgrade",
        _ => "noop",
    };
}
