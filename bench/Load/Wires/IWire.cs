using Load.Messages;

namespace Load.Wires;

/// <summary>A protocol above WebSocket: how a connection is opened, and how the application's messages look.</summary>
internal interface IWire
{
    /// <summary>The bytes of the HTTP request.</summary>
    byte[] UpgradeRequest { get; }

    /// <summary>What happens between the upgrade and the first message.</summary>
    OpeningStep[] Opening { get; }

    /// <summary>The last byte of each message, where a frame may carry several.</summary>
    byte? Delimiter { get; }

    /// <summary>The frame that answers a heartbeat.</summary>
    byte[] HeartbeatAnswer { get; }

    bool IsHeartbeat(ReadOnlySpan<byte> message);

    /// <summary>An event with text arguments, in either direction.</summary>
    Message[] Event(string name, params ReadOnlySpan<string> arguments);

    /// <summary>An event with bytes as its argument, in either direction.</summary>
    Message[] BinaryEvent(string name, byte[] argument);

    /// <summary>A question, whose id is its number.</summary>
    Message[] Question(string name, string argument);

    /// <summary>The answer to it.</summary>
    Message[] Answer(string argument);
}
