using EngineIO;
using Fuzz.Inputs;
using SocketIO.Parsing;

namespace Fuzz.Sockets;

/// <summary>The messages of one Socket.IO connection, attachments among them, beside a neighbour that is in the middle of a packet.</summary>
public sealed class JsonParserTarget : FuzzTarget
{
    private const int MaxAttachments = 10;
    private const int MaxAttachmentBytes = 2_000_000;
    private static readonly byte[] s_neighbourHeader = "52-/n,7[\"neighbour\",{\"_placeholder\":true,\"num\":1},{\"_placeholder\":true,\"num\":0}]"u8.ToArray();
    private static readonly byte[][] s_neighbourBinary = [[1, 2, 3], [4, 5]];

    private readonly JsonPacketParser _parser = new(new JsonPacketParserOptions { MaxAttachments = MaxAttachments, MaxAttachmentBytes = MaxAttachmentBytes });
    private DecoderState _neighbour;
    private int _neighbourStep;

    public override FuzzMessage[] Next(FuzzInput input)
    {
        var messages = new List<FuzzMessage>();
        for (int i = input.Random.Next(1, 6); i > 0; i--)
        {
            messages.Add(input.Random.Next(5) switch
            {
                0 => new(input.IsLarge ? new byte[400_000] : input.Bytes(40), IsBinary: true),
                1 or 2 => new(input.Mutate(SocketCorpus.Packets, SocketCorpus.Tokens)),
                _ => FuzzMessage.Text(JsonGrammar.Packet(input)),
            });
        }

        return [.. messages];
    }

    public override void Check(FuzzMessage[] messages)
    {
        var state = default(DecoderState);
        foreach (var message in messages)
        {
            var (status, packet) = Decode(message, ref state);
            Assert.Equal(status == DecodeStatus.Malformed, state.Error is not null);
            if (state.Pending is { } pending)
            {
                Assert.False(pending.IsComplete);
                Assert.InRange(pending.AttachmentBytes, 0, MaxAttachmentBytes);
            }

            CheckNeighbour();
            if (status == DecodeStatus.Malformed) return;
            if (status != DecodeStatus.Complete) continue;
            Assert.Null(state.Pending);
            Assert.InRange(packet.Data.Attachments.Length, 0, MaxAttachments);
            CheckRoundTrip(packet);
            PacketConsumer.Use(packet);
        }
    }

    private (DecodeStatus, Packet) Decode(FuzzMessage message, ref DecoderState state)
    {
        // A copy of the message, one with repaired surrogates, the namespace as a string, for which the framework makes an array of each byte that is no UTF-8; an exception of the JSON reader cites what it has not read.
        var local = state;
        var result = Within(80L * message.Data.Length + 48_000, () =>
            (_parser.Decode(new EngineMessage(message.Data, message.IsBinary), ref local, out var packet), packet));
        state = local;
        return result;
    }

    private void CheckRoundTrip(in Packet packet)
    {
        var encoded = _parser.Encode(packet);
        var state = default(DecoderState);
        var status = _parser.Decode(new EngineMessage(encoded.First.Bytes[1..], isBinary: false), ref state, out var again);
        foreach (var frame in encoded.Rest.Span) status = _parser.Decode(new EngineMessage(frame.Bytes, isBinary: true), ref state, out again);
        Assert.Equal(DecodeStatus.Complete, status);
        Assert.Equal((packet.Type, packet.Namespace, packet.Id), (again.Type, again.Namespace, again.Id));
        Assert.True(packet.Data.Json.Span.SequenceEqual(again.Data.Json.Span));
        Assert.Equal(packet.Data.Attachments.Length, again.Data.Attachments.Length);
        for (int i = 0; i < again.Data.Attachments.Length; i++)
            Assert.True(packet.Data.Attachments.Span[i].Span.SequenceEqual(again.Data.Attachments.Span[i].Span));
    }

    private void CheckNeighbour()
    {
        if (_neighbourStep == 0)
        {
            Assert.Equal(DecodeStatus.NeedMore, _parser.Decode(new EngineMessage(s_neighbourHeader, isBinary: false), ref _neighbour, out _));
            _neighbourStep = 1;
            return;
        }

        // Its memory is its own: the transport's buffer is used again.
        byte[] buffer = [.. s_neighbourBinary[_neighbourStep - 1]];
        var status = _parser.Decode(new EngineMessage(buffer, isBinary: true), ref _neighbour, out var packet);
        buffer.AsSpan().Clear();
        if (_neighbourStep++ == 1)
        {
            Assert.Equal(DecodeStatus.NeedMore, status);
            return;
        }

        _neighbourStep = 0;
        Assert.Equal(DecodeStatus.Complete, status);
        Assert.Equal("/n", packet.Namespace);
        Assert.Equal(s_neighbourBinary[0], packet.Data.Attachments.Span[0].ToArray());
        Assert.Equal(s_neighbourHeader[7..], packet.Data.Json.ToArray());
    }
}
