using Load.Messages;
using Load.WebSockets;

namespace Load.Wires;

/// <summary>No protocol: the messages of Socket.IO byte for byte, from a server that knows nothing of packets, so that the difference is what the protocol costs.</summary>
internal sealed class RawWire : IWire
{
    private readonly SocketIOWire _messages = new();

    public byte[] UpgradeRequest { get; } = Upgrade.Request("/raw");

    public OpeningStep[] Opening => [];

    public byte? Delimiter => null;

    public byte[] HeartbeatAnswer => [];

    public bool IsHeartbeat(ReadOnlySpan<byte> message) => false;

    public Message[] Event(string name, params ReadOnlySpan<string> arguments) => _messages.Event(name, arguments);

    public Message[] BinaryEvent(string name, byte[] argument) => _messages.BinaryEvent(name, argument);

    public Message[] Question(string name, string argument) => throw new NotSupportedException("Without a protocol there are no answers to questions.");

    public Message[] Answer(string argument) => throw new NotSupportedException("Without a protocol there are no answers to questions.");
}
