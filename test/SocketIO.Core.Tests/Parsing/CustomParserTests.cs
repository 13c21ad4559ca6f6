using System.Buffers;
using System.Text;
using System.Text.Json;
using EngineIO;
using SocketIO.Json;
using SocketIO.Parsing;

namespace SocketIO.Core.Tests.Parsing;

[Trait("Spec", "SIO-PARSER-01")]
public sealed class CustomParserTests
{
    [Fact]
    public void A_parser_may_have_its_own_form_and_its_own_state()
    {
        var parser = new TwoMessageParser();
        var encoded = parser.Encode(new(PacketType.Event, "/chat", PayloadSerializer.Default.SerializeEvent("hi", [1]), id: 4));
        Assert.Equal("""4{"type":2,"nsp":"/chat","id":4}""", Encoding.UTF8.GetString(encoded.First.Bytes.Span));

        var state = default(DecoderState);
        Assert.Equal(DecodeStatus.NeedMore, parser.Decode(new(encoded.First.Bytes[1..], isBinary: false), ref state, out _));
        Assert.Equal(DecodeStatus.Complete, parser.Decode(new(encoded.Rest.Span[0].Bytes[1..], isBinary: false), ref state, out var packet));
        Assert.Equal((PacketType.Event, "/chat", 4L), (packet.Type, packet.Namespace, packet.Id));
        Assert.Equal(1, EventArguments.ForEvent(packet.Data, PayloadSerializer.Default).Get<int>(0));
        Assert.Equal(DecodeStatus.Malformed, parser.Decode(new("x"u8.ToArray(), isBinary: true), ref state, out _));
        Assert.Equal("binary message", state.Error);
    }

    /// <summary>A head and then the data, each in a message of its own.</summary>
    private sealed class TwoMessageParser : IPacketParser
    {
        public EncodedPacket Encode(in Packet packet, IBufferWriter<byte> buffer)
        {
            var head = JsonSerializer.SerializeToUtf8Bytes(new { type = (int)packet.Type, nsp = packet.Namespace, id = packet.Id });
            return new(
                EngineFrame.Message(new EngineMessage(head, isBinary: false)),
                new[] { EngineFrame.Message(new EngineMessage(packet.Data.Json, isBinary: false)) });
        }

        public DecodeStatus Decode(EngineMessage message, ref DecoderState state, out Packet packet)
        {
            packet = default;
            if (message.IsBinary) return state.Fail("binary message");
            if (state.ParserState is not JsonElement head)
            {
                state.ParserState = JsonSerializer.Deserialize<JsonElement>(message.Data.Span);
                return DecodeStatus.NeedMore;
            }

            state.ParserState = null;
            packet = new((PacketType)head.GetProperty("type").GetInt32(), head.GetProperty("nsp").GetString()!, new(message.Data), head.GetProperty("id").GetInt64());
            return DecodeStatus.Complete;
        }
    }
}
