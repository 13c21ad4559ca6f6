using System.Text;

namespace EngineIO.Core.Tests;

/// <summary>Seeded random input: what is encoded is decoded again, and nothing that arrives makes a decoder throw.</summary>
public sealed class RandomInputTests
{
    private static readonly string[] s_texts = ["", "a", "hello", "é", "€", "😀", "\0", "42[\"x\",{}]", "b", ":", "1:2", "\uFFFD", "ÿ"];

    private static readonly byte[][] s_fragments =
    [
        "4"u8.ToArray(), "2"u8.ToArray(), "b"u8.ToArray(), "b4"u8.ToArray(), "AQID"u8.ToArray(), "-_"u8.ToArray(), "="u8.ToArray(),
        [0x1E], ":"u8.ToArray(), "1:"u8.ToArray(), "3:"u8.ToArray(), "10:"u8.ToArray(), "€"u8.ToArray(), "😀"u8.ToArray(), " "u8.ToArray(),
        [0], [1], [2], [4], [9], [255], [0, 1, 255], [1, 5, 255], [0xF0, 0x9F], "0{"u8.ToArray(), "\"sid\":\"S\""u8.ToArray(), "}"u8.ToArray(),
    ];

    [Theory]
    [Trait("Spec", "EIO-POLL-01")]
    [Trait("Spec", "EIO3-02")]
    [InlineData(EngineRevision.V4, false)]
    [InlineData(EngineRevision.V3, false)]
    [InlineData(EngineRevision.V3, true)]
    public void Payloads_survive_a_round_trip(EngineRevision revision, bool supportsBinary)
    {
        var codec = EngineCodec.For(revision);
        var random = new Random(20240607);
        for (int round = 0; round < 2_000; round++)
        {
            var frames = new EngineFrame[random.Next(1, 8)];
            for (int i = 0; i < frames.Length; i++) frames[i] = NextFrame(random);

            var (isBinary, body) = Wire.Encode(codec, frames, supportsBinary);

            Assert.Equal(supportsBinary && frames.Any(f => f.IsBinary), isBinary);
            Assert.Equal(string.Join(' ', frames.Select(Describe)), Wire.DecodePayload(codec, body, isBinary));
        }
    }

    [Theory]
    [Trait("Spec", "EIO-PKT-01")]
    [Trait("Spec", "EIO3-06")]
    [InlineData(EngineRevision.V4, false)]
    [InlineData(EngineRevision.V4, true)]
    [InlineData(EngineRevision.V3, false)]
    [InlineData(EngineRevision.V3, true)]
    public void Frames_survive_a_round_trip(EngineRevision revision, bool supportsBinary)
    {
        var codec = EngineCodec.For(revision);
        var random = new Random(7);
        for (int round = 0; round < 2_000; round++)
        {
            var frame = NextFrame(random);
            var sent = codec.ToWebSocketFrame(frame, supportsBinary);
            Assert.True(supportsBinary || !sent.IsBinary);
            Assert.Equal(Describe(frame), Wire.DecodeFrame(codec, sent.Bytes.ToArray(), sent.IsBinary));
        }
    }

    [Theory]
    [Trait("Spec", "SEC-EIO-02")]
    [Trait("Spec", "SEC-EIO-06")]
    [Trait("Spec", "SIO-LIM-05")]
    [InlineData(EngineRevision.V4)]
    [InlineData(EngineRevision.V3)]
    public void No_input_makes_a_decoder_throw(EngineRevision revision)
    {
        const int Cap = 16;
        var codec = EngineCodec.For(revision);
        var random = new Random(42);
        List<EnginePacket> packets = [];
        for (int round = 0; round < 200_000; round++)
        {
            byte[] input = NextInput(random);
            foreach (bool isBinary in new[] { false, true })
            {
                var frameError = codec.DecodeFrame(input, isBinary, out _);
                Assert.True(Enum.IsDefined(frameError));

                packets.Clear();
                var error = codec.DecodePayload(input.ToArray(), isBinary, Cap, packets);
                Assert.InRange(packets.Count, error is PacketError.None ? 1 : 0, Cap);
                Assert.Equal(error == PacketError.TooManyPackets, error != PacketError.None && packets.Count == Cap);
                Assert.DoesNotContain(packets, p => !Enum.IsDefined(p.Type));
            }

            Assert.Equal(EngineHandshakeData.TryParse(input, out var handshake), handshake is not null);
        }
    }

    private static EngineFrame NextFrame(Random random)
    {
        if (random.Next(3) == 0)
        {
            var data = new byte[random.Next(40)];
            random.NextBytes(data);
            return EngineFrame.Binary(data);
        }

        var text = new StringBuilder();
        text.Append((char)('0' + random.Next(7)));
        for (int i = random.Next(6); i > 0; i--) text.Append(s_texts[random.Next(s_texts.Length)]);
        return EngineFrame.Text(Wire.Utf8(text.ToString()));
    }

    private static byte[] NextInput(Random random)
    {
        List<byte> input = [];
        for (int i = random.Next(12); i > 0; i--)
        {
            if (random.Next(8) == 0) input.Add((byte)random.Next(256));
            else input.AddRange(s_fragments[random.Next(s_fragments.Length)]);
        }

        return [.. input];
    }

    private static string Describe(EngineFrame frame) =>
        Wire.Describe(new EnginePacket(frame.Type, frame.IsBinary ? frame.Bytes : frame.Bytes[1..], frame.IsBinary));
}
