using System.Text.Json;
using EngineIO;
using Fuzz.Inputs;
using SocketIO.Json;
using SocketIO.MessagePack;
using SocketIO.Parsing;

namespace Fuzz.Sockets;

/// <summary>The messages of a connection that speaks MessagePack.</summary>
public sealed class MessagePackParserTarget : FuzzTarget
{
    private const int MaxAttachments = 10;

    // A placeholder of 30 bytes for an empty attachment of two, the list that holds it, buffers that double.
    private const int AllocatedPerByte = 96;

    private static readonly byte[][] s_tokens =
    [
        [0xC0], [0xC1], [0x80], [0x90], [0xDF, 255, 255, 255, 255], [0xDD, 255, 255, 255, 255], [0xDE, 255, 255], [0xDC, 255, 255], [0xDB, 255, 255, 255, 255], [0xC6, 255, 255, 255, 255],
        [0xC4, 0], [0xC4, 1, 7], [0xC9, 255, 255, 255, 255, 1], [0xC7, 1, 9, 0], [0xD4, 0, 0], [0xD6, 255, 0, 0, 0, 1], [0xD7, 255, 255, 255, 255, 255, 0, 0, 0, 1], [0xC7, 12, 255, 0, 0, 0, 0],
        [0xCB, 0x7F, 0xF0, 0, 0, 0, 0, 0, 0], [0xCB, 0xFF, 0xF8, 0, 0, 0, 0, 0, 0], [0xCF, 255, 255, 255, 255, 255, 255, 255, 255], [0xD3, 0x80, 0, 0, 0, 0, 0, 0, 0], [0xCA, 0, 0, 0, 1],
        [0x91], [0x81, 0xA1, (byte)'a'], [0xA2, 0xC3, 0x28], [0xA4, .. "type"u8], [0xA4, .. "data"u8], [0xA3, .. "nsp"u8], [0xA2, .. "id"u8], [0xAC, .. "_placeholder"u8, 0xC3], [0xA3, .. "num"u8],
        [0xFF], [0], [1], [2], [3],
    ];

    private readonly MessagePackPacketParser _parser = new(new MessagePackPacketParserOptions { MaxAttachments = MaxAttachments });
    private readonly JsonPacketParser _json = new();
    private readonly byte[][] _corpus;

    public MessagePackParserTarget() =>
        _corpus =
        [
            .. SocketCorpus.Packets.Select(Transcode).OfType<byte[]>(),
            _parser.Encode(new Packet(PacketType.Event, "/a", PayloadSerializer.Default.SerializeEvent("e", [new byte[] { 1, 2 }, 5_000_000_000, -1.5, "é"]), id: 7)).First.Bytes.ToArray(),
        ];

    public override FuzzMessage[] Next(FuzzInput input)
    {
        if (input.Chance(3) && Transcode(System.Text.Encoding.UTF8.GetBytes(JsonGrammar.Packet(input))) is { } message) return [new(message, IsBinary: true)];
        return [new(input.Mutate(_corpus, s_tokens), IsBinary: !input.Chance(20))];
    }

    public override void Check(FuzzMessage[] messages)
    {
        foreach (var message in messages) Check(message);
    }

    private void Check(FuzzMessage message)
    {
        var state = default(DecoderState);
        var (status, packet) = Within(((long)AllocatedPerByte * message.Data.Length) + 32_000, () =>
            (_parser.Decode(new EngineMessage(message.Data, message.IsBinary), ref state, out var decoded), decoded));
        Assert.NotEqual(DecodeStatus.NeedMore, status);
        Assert.Equal(status == DecodeStatus.Malformed, state.Error is not null);
        Assert.Null(state.ParserState);
        if (status != DecodeStatus.Complete) return;
        Assert.InRange(packet.Data.Attachments.Length, 0, MaxAttachments);
        if (!packet.Data.IsEmpty)
        {
            using var json = JsonDocument.Parse(packet.Data.Json);
            Assert.Equal(packet.Type is PacketType.Event or PacketType.Ack, json.RootElement.ValueKind == JsonValueKind.Array);
        }

        CheckRoundTrip(packet);
        if (message.Data.Length < 10_000) PacketConsumer.Use(packet);
    }

    private void CheckRoundTrip(in Packet packet)
    {
        var state = default(DecoderState);
        var status = _parser.Decode(new EngineMessage(_parser.Encode(packet).First.Bytes, isBinary: true), ref state, out var again);
        Assert.Equal(DecodeStatus.Complete, status);
        Assert.Equal((packet.Type, packet.Namespace, packet.Id), (again.Type, again.Namespace, again.Id));
        Assert.Equal(packet.Data.Attachments.Length, again.Data.Attachments.Length);
        for (int i = 0; i < again.Data.Attachments.Length; i++)
            Assert.True(packet.Data.Attachments.Span[i].Span.SequenceEqual(again.Data.Attachments.Span[i].Span));
    }

    private byte[]? Transcode(byte[] text)
    {
        var state = default(DecoderState);
        return _json.Decode(new EngineMessage(text, isBinary: false), ref state, out var packet) == DecodeStatus.Complete ? _parser.Encode(packet).First.Bytes.ToArray() : null;
    }
}
