using System.Buffers;
using System.Text;
using SocketIO.Json;
using SocketIO.Parsing;

namespace SocketIO.MessagePack.Tests;

/// <summary>Messages as hex digits; packets as text, attachments as <c>&lt;hex&gt;</c>, malformed input as <c>!reason</c>.</summary>
internal static class Wire
{
    private const string EventHead = "83a47479706502a464617461";
    private const string EventTail = "a36e7370a12f";

    internal static readonly MessagePackPacketParser Parser = new();

    internal static byte[] Bytes(string hex) => Convert.FromHexString(hex);

    internal static string Hex(ReadOnlyMemory<byte> bytes) => Convert.ToHexString(bytes.Span).ToLowerInvariant();

    /// <summary>An event "e" of the main namespace with these arguments.</summary>
    internal static string Event(string arguments, int count = 1) => $"{EventHead}{0x91 + count:x2}a165{arguments}{EventTail}";

    internal static string Encode(PacketType type, string ns, string json = "", long? id = null, params byte[][] attachments)
    {
        var encoded = Parser.Encode(new(type, ns, ToPayload(json, attachments), id));
        Assert.True(encoded.First.IsBinary);
        Assert.True(encoded.Rest.IsEmpty);
        return Hex(encoded.First.Bytes);
    }

    internal static string EncodeEvent(string name, params object?[] arguments)
    {
        var payload = PayloadSerializer.Default.SerializeEvent(name, arguments);
        return Hex(Parser.Encode(new(PacketType.Event, "/", payload)).First.Bytes);
    }

    /// <summary>The MessagePack of one value.</summary>
    internal static string Write(string json, params byte[][] attachments)
    {
        var output = new ArrayBufferWriter<byte>();
        MessagePackPayload.Write(ToPayload(json, attachments), output);
        return Hex(output.WrittenMemory);
    }

    /// <summary>The JSON of one value.</summary>
    internal static string Read(string hex) => MessagePackPayload.TryRead(Bytes(hex), out var payload) ? Show(payload) : "!";

    internal static string Decode(string hex) => Decode(Parser, Bytes(hex));

    internal static string Decode(MessagePackPacketParser parser, byte[] message)
    {
        var state = default(DecoderState);
        var status = parser.Decode(new(message, isBinary: true), ref state, out var packet);
        Assert.Equal(status == DecodeStatus.Malformed, state.Error is not null);
        return status == DecodeStatus.Complete ? Show(packet) : "!" + state.Error;
    }

    internal static EventArguments Receive(string hex)
    {
        var state = default(DecoderState);
        Assert.Equal(DecodeStatus.Complete, Parser.Decode(new(Bytes(hex), isBinary: true), ref state, out var packet));
        return EventArguments.ForEvent(packet.Data, PayloadSerializer.Default);
    }

    internal static Payload ToPayload(string json, params byte[][] attachments) =>
        new(Encoding.UTF8.GetBytes(json), attachments.Select(bytes => new ReadOnlyMemory<byte>(bytes)).ToArray());

    internal static string Show(Payload payload) =>
        payload + string.Concat(payload.Attachments.ToArray().Select(attachment => $" <{Hex(attachment)}>"));

    private static string Show(Packet packet)
    {
        var text = $"{packet.Type} {packet.Namespace}";
        if (packet.Id is { } id) text += $" #{id}";
        return packet.Data.IsEmpty ? text : $"{text} {Show(packet.Data)}";
    }
}
