using System.Buffers;
using EngineIO;
using Fuzz.Inputs;

namespace Fuzz.Engine;

/// <summary>Bodies of POSTs of both revisions, text and binary.</summary>
public sealed class EnginePayloadTarget : FuzzTarget
{
    private const int MaxPackets = 10_000;

    // As large as it may become: what is allocated is the decoder's.
    private readonly List<EnginePacket> _packets = new(MaxPackets);

    public override FuzzMessage[] Next(FuzzInput input)
    {
        if (!input.Chance(3)) return [new(input.Mutate(EngineCorpus.Payloads, EngineCorpus.Tokens), input.Chance(2))];
        var body = new ArrayBufferWriter<byte>();
        var frames = Enumerable.Range(0, input.Random.Next(1, 6)).Select(_ => NextFrame(input)).ToArray();
        bool isBinary = EngineCodec.For(input.Chance(2) ? EngineRevision.V4 : EngineRevision.V3).EncodePayload(frames, input.Chance(2), body);
        return [new(body.WrittenSpan.ToArray(), isBinary)];
    }

    public override void Check(FuzzMessage[] messages)
    {
        foreach (var message in messages)
        {
            Check(EngineRevision.V4, message);
            Check(EngineRevision.V3, message);
        }
    }

    private static EngineFrame NextFrame(FuzzInput input) => input.Random.Next(3) switch
    {
        0 => EngineFrame.Binary(input.Bytes(30)),
        1 => EngineFrame.Message(input.Pick((string[])["", "é€😀", "b", "1:2", "0[\"x\"]", "\0", "\ufffd"])),
        _ => input.Pick((EngineFrame[])[EngineFrame.Ping, EngineFrame.Pong, EngineFrame.Noop, EngineFrame.Close]),
    };

    private void Check(EngineRevision revision, FuzzMessage message)
    {
        var codec = EngineCodec.For(revision);
        using var payload = new CountedMemory([.. message.Data]);
        _packets.Clear();

        // Base64 is decoded where it stands.
        var error = Within(512, () => codec.DecodePayload(payload.Memory, message.IsBinary, MaxPackets, _packets));

        Assert.True(Enum.IsDefined(error));
        Assert.InRange(_packets.Count, error == PacketError.None ? 1 : 0, MaxPackets);
        Assert.True(payload.Accesses <= 8 * (_packets.Count + 2L), $"{payload.Accesses} accesses for {_packets.Count} packets.");
        Assert.True(_packets.Sum(packet => (long)packet.Data.Length) <= message.Data.Length);
        Assert.All(_packets.Take(100), packet => Assert.True(Enum.IsDefined(packet.Type)));
        if (error == PacketError.None && _packets.TrueForAll(IsSendable)) CheckRoundTrip(codec, message.IsBinary);
    }

    private void CheckRoundTrip(EngineCodec codec, bool isBinary)
    {
        var before = _packets.Select(packet => (packet.Type, packet.IsBinary, Data: packet.Data.ToArray())).ToList();
        var frames = before.Select(packet => packet.IsBinary ? EngineFrame.Binary(packet.Data) : EngineFrame.Text((byte[])[(byte)packet.Type, .. packet.Data])).ToArray();
        var body = new ArrayBufferWriter<byte>();
        bool isEncodedBinary = codec.EncodePayload(frames, isBinary, body);
        _packets.Clear();
        Assert.Equal(PacketError.None, codec.DecodePayload(body.WrittenSpan.ToArray(), isEncodedBinary, MaxPackets, _packets));
        Assert.Equal(before.Count, _packets.Count);
        for (int i = 0; i < before.Count; i++)
        {
            Assert.Equal((before[i].Type, before[i].IsBinary), (_packets[i].Type, _packets[i].IsBinary));
            Assert.True(before[i].Data.AsSpan().SequenceEqual(_packets[i].Data.Span));
        }
    }

    // Only messages are sent as binary.
    private static bool IsSendable(EnginePacket packet) => !packet.IsBinary || packet.Type == EnginePacketType.Message;

    /// <summary>Counts how often a decoder turns to its input.</summary>
    private sealed class CountedMemory(byte[] bytes) : MemoryManager<byte>
    {
        public long Accesses { get; private set; }

        public override Span<byte> GetSpan()
        {
            Accesses++;
            return bytes;
        }

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin() => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
        }
    }
}
