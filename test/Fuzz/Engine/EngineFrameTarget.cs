using EngineIO;
using Fuzz.Inputs;

namespace Fuzz.Engine;

/// <summary>WebSocket messages of both revisions.</summary>
public sealed class EngineFrameTarget : FuzzTarget
{
    public override FuzzMessage[] Next(FuzzInput input) => [new(input.Mutate(EngineCorpus.Frames, EngineCorpus.Tokens), input.Chance(3))];

    public override void Check(FuzzMessage[] messages)
    {
        foreach (var message in messages)
        {
            Check(EngineRevision.V4, message);
            Check(EngineRevision.V3, message);
        }
    }

    private static void Check(EngineRevision revision, FuzzMessage message)
    {
        var codec = EngineCodec.For(revision);
        var (error, packet) = Within(
            message.Data.Length + 512L,
            () => (codec.DecodeFrame(message.Data, message.IsBinary, out var decoded), decoded));
        Assert.True(Enum.IsDefined(error));
        if (error != PacketError.None) return;
        Assert.True(Enum.IsDefined(packet.Type));
        Assert.True(packet.Data.Length <= message.Data.Length);
        if (packet.Type != EnginePacketType.Message) return;

        var frame = EngineFrame.Message(new EngineMessage(packet.Data, packet.IsBinary));
        foreach (bool supportsBinary in (bool[])[true, false])
        {
            var sent = codec.ToWebSocketFrame(frame, supportsBinary);
            Assert.Equal(PacketError.None, codec.DecodeFrame(sent.Bytes, sent.IsBinary, out var again));
            Assert.Equal((packet.Type, packet.IsBinary), (again.Type, again.IsBinary));
            Assert.True(packet.Data.Span.SequenceEqual(again.Data.Span));
        }
    }
}
