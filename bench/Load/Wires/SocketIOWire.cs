using System.Text;
using Load.Messages;
using Load.WebSockets;

namespace Load.Wires;

/// <summary>Socket.IO 5 over Engine.IO 4: the wire of this server, of Node's and of Bun's.</summary>
internal sealed class SocketIOWire : IWire
{
    public byte[] UpgradeRequest { get; } = Upgrade.Request("/socket.io/?EIO=4&transport=websocket");

    public OpeningStep[] Opening { get; } =
    [
        new([], [.. "0{\"sid\":\""u8]),
        new(ClientFrame.Encode(Opcode.Text, "40"u8), [.. "40{\"sid\":\""u8]),
    ];

    public byte? Delimiter => null;

    public byte[] HeartbeatAnswer { get; } = ClientFrame.Encode(Opcode.Text, "3"u8);

    public bool IsHeartbeat(ReadOnlySpan<byte> message) => message.Length == 1 && message[0] == '2';

    public Message[] Event(string name, params ReadOnlySpan<string> arguments)
    {
        var text = new StringBuilder($"42[\"{name}\"");
        foreach (var argument in arguments) text.Append($",\"{argument}\"");
        return [Message.Text(text.Append(']').ToString())];
    }

    public Message[] BinaryEvent(string name, byte[] argument) =>
        [Message.Text($$"""451-["{{name}}",{"_placeholder":true,"num":0}]"""), Message.Binary(argument)];

    public Message[] Question(string name, string argument) => [Message.Text($"42{Number}[\"{name}\",\"{argument}\"]")];

    public Message[] Answer(string argument) => [Message.Text($"43{Number}[\"{argument}\"]")];

    private static string Number { get; } = Encoding.ASCII.GetString(SequenceNumber.Mark);
}
