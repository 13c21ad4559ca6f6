using System.Text;
using SocketIO.Json;
using SocketIO.Parsing;

namespace SocketIO.Core.Tests;

/// <summary>Packets as text: frames as they stand on the wire, attachments as <c>&lt;hex&gt;</c>, malformed input as <c>!reason</c>.</summary>
internal static class Wire
{
    internal static readonly JsonPacketParser Parser = new();

    internal static string Encode(PacketType type, string ns, Payload data, long? id = null) => Show(Parser.Encode(new(type, ns, data, id)));

    internal static string EncodeEvent(string name, params object?[] arguments) => EncodeEvent(PayloadSerializer.Default, name, arguments);

    internal static string EncodeEvent(PayloadSerializer serializer, string name, params object?[] arguments) =>
        Encode(PacketType.Event, "/", serializer.SerializeEvent(name, arguments));

    internal static string Show(EncodedPacket packet)
    {
        Assert.False(packet.First.IsBinary);
        var text = Encoding.UTF8.GetString(packet.First.Bytes.Span);
        foreach (var frame in packet.Rest.Span)
        {
            Assert.True(frame.IsBinary);
            text += $" <{Hex(frame.Bytes)}>";
        }

        return text;
    }

    internal static DecodeStatus Decode(string message, ref DecoderState state, out Packet packet, JsonPacketParser? parser = null) =>
        (parser ?? Parser).Decode(new(Encoding.UTF8.GetBytes(message), isBinary: false), ref state, out packet);

    internal static string Decode(string message, params byte[][] attachments) => Decode(Parser, message, attachments);

    internal static string Decode(JsonPacketParser parser, string message, params byte[][] attachments)
    {
        var state = default(DecoderState);
        var status = Decode(message, ref state, out var packet, parser);
        foreach (var attachment in attachments)
        {
            if (status != DecodeStatus.NeedMore) break;
            status = parser.Decode(new(attachment, isBinary: true), ref state, out packet);
        }

        return status switch
        {
            DecodeStatus.NeedMore => "…",
            DecodeStatus.Malformed => "!" + state.Error,
            _ => Show(packet),
        };
    }

    internal static EventArguments Receive(string message, params byte[][] attachments)
    {
        var state = default(DecoderState);
        var status = Decode(message, ref state, out var packet);
        foreach (var attachment in attachments) status = Parser.Decode(new(attachment, isBinary: true), ref state, out packet);
        Assert.Equal(DecodeStatus.Complete, status);
        return EventArguments.ForEvent(packet.Data, PayloadSerializer.Default);
    }

    internal static string Hex(ReadOnlyMemory<byte> bytes) => Convert.ToHexString(bytes.Span).ToLowerInvariant();

    private static string Show(Packet packet)
    {
        var text = $"{packet.Type} {packet.Namespace}";
        if (packet.Id is { } id) text += $" #{id}";
        if (!packet.Data.IsEmpty) text += $" {packet.Data}";
        foreach (var attachment in packet.Data.Attachments.Span) text += $" <{Hex(attachment)}>";
        return text;
    }
}
