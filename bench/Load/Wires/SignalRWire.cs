using System.Text;
using Load.Messages;
using Load.WebSockets;

namespace Load.Wires;

/// <summary>SignalR's JSON hub protocol, without the negotiation before.</summary>
internal sealed class SignalRWire : IWire
{
    private const char RecordSeparator = '\x1e';

    public byte[] UpgradeRequest { get; } = Upgrade.Request("/hub");

    public OpeningStep[] Opening { get; } =
        [new(ClientFrame.Encode(Opcode.Text, "{\"protocol\":\"json\",\"version\":1}\x1e"u8), [.. "{}\x1e"u8])];

    public byte? Delimiter => (byte)RecordSeparator;

    public byte[] HeartbeatAnswer { get; } = ClientFrame.Encode(Opcode.Text, "{\"type\":6}\x1e"u8);

    public bool IsHeartbeat(ReadOnlySpan<byte> message) => message.SequenceEqual("{\"type\":6}\x1e"u8);

    public Message[] Event(string name, params ReadOnlySpan<string> arguments) =>
        Record($$"""{"type":1,"target":"{{name}}","arguments":["{{string.Join("\",\"", arguments)}}"]}""");

    public Message[] BinaryEvent(string name, byte[] argument) => Event(name, Convert.ToBase64String(argument));

    public Message[] Question(string name, string argument) =>
        Record($$"""{"type":1,"invocationId":"{{Number}}","target":"{{name}}","arguments":["{{argument}}"]}""");

    public Message[] Answer(string argument) => Record($$"""{"type":3,"invocationId":"{{Number}}","result":"{{argument}}"}""");

    private static string Number { get; } = Encoding.ASCII.GetString(SequenceNumber.Mark);

    private static Message[] Record(string text) => [Message.Text(text + RecordSeparator)];
}
