using EngineIO;
using SocketIO.Parsing;

namespace SocketIO.Core.Tests.Parsing;

public sealed class AttachmentTests
{
    private const string First = """{"_placeholder":true,"num":0}""";

    [Theory]
    [Trait("Spec", "SIO-PKT-02")]
    [InlineData($"""51-["baz",{First}]""", $"""Event / ["baz",{First}] <00>""")]
    [InlineData($"""51-/admin,13["test",{First}]""", $"""Event /admin #13 ["test",{First}] <00>""")]
    [InlineData($"""61-15["bar",{First}]""", $"""Ack / #15 ["bar",{First}] <00>""")]
    [InlineData($"""52-["a",{First},"x"]""", $"""Event / ["a",{First},"x"] <00> <01>""")]
    [InlineData($"""501-["a",{First}]""", $"""Event / ["a",{First}] <00>""")]
    [Trait("Behaviour", "socket.io-parser/test/buffer.js:6")]
    [Trait("Behaviour", "socket.io-parser/test/buffer.js:24")]
    [Trait("Behaviour", "socket.io-parser/test/arraybuffer.js:7")]
    public void Packet(string message, string expected) => Assert.Equal(expected, Wire.Decode(message, [0], [1]));

    [Theory]
    [Trait("Spec", "SIO-DEC-10")]
    [Trait("Spec", "SEC-SIO-03")]
    [InlineData("5")]
    [InlineData("51")]
    [InlineData("5a-")]
    [InlineData("51.23-")]
    [InlineData("5-[]")]
    [InlineData("50-[\"a\"]")]
    [InlineData("5-1-[\"a\"]")]
    [InlineData("5+1-[\"a\"]")]
    [InlineData("5 1-[\"a\"]")]
    [InlineData("51e1-[\"a\"]")] // the reference takes it for ten
    [InlineData("50x1-[\"a\"]")]
    [InlineData("51/a,[\"a\"]")]
    [InlineData("599999999999999999999-[\"a\"]")]
    [InlineData("6")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:101")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:160")]
    public void Illegal_count(string message) => Assert.Equal("!Illegal attachments", Wire.Decode(message));

    [Fact]
    [Trait("Spec", "SIO-DEC-11")]
    [Trait("Spec", "SIO-LIM-02")]
    [Trait("Spec", "SIO-PARSER-03")]
    [Trait("Spec", "SEC-SIO-03")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:110")]
    public void Too_many()
    {
        Assert.Equal("…", Wire.Decode("""510-["a"]"""));
        Assert.Equal("!too many attachments", Wire.Decode("""511-["a"]"""));
        Assert.Equal("!too many attachments", Wire.Decode("""52147483647-["a"]"""));
        Assert.Equal("!too many attachments", Wire.Decode(new JsonPacketParser(new() { MaxAttachments = 2 }), """53-["a"]"""));
    }

    [Theory]
    [Trait("Spec", "SIO-DEC-12")]
    [Trait("Spec", "SEC-SIO-04")]
    [InlineData(""","num":5""")]
    [InlineData(""","num":1""")]
    [InlineData(""","num":"splice" """)]
    [InlineData(""","num":"0" """)]
    [InlineData(""","num":-1""")]
    [InlineData(""","num":1.5""")]
    [InlineData(""","num":0.5""")] // the reference finds nothing there
    [InlineData(""","num":1e400""")]
    [InlineData(""","num":4294967296""")]
    [InlineData(""","num":null""")]
    [InlineData(""","num":[0]""")]
    [InlineData(""","num":{"num":0}""")]
    [InlineData(""","num":0,"num":7""")]
    [InlineData("")]
    [Trait("Behaviour", "socket.io-parser/test/buffer.js:33")]
    [Trait("Behaviour", "socket.io-parser/test/buffer.js:42")]
    public void Illegal_placeholder(string number)
    {
        var placeholder = $$"""{"_placeholder":true{{number}}}""";
        Assert.Equal("!illegal attachments", Wire.Decode($"""51-["a",{placeholder}]""", [0]));
        Assert.Equal("!illegal attachments", Wire.Decode($$"""51-["a",[{"x":{{placeholder}}}]]""", [0]));
        Assert.Equal("!illegal attachments", Wire.Decode($"""61-1[{placeholder}]""", [0]));
    }

    [Theory]
    [Trait("Spec", "SEC-SIO-04")]
    [InlineData("""51-["a",{"_placeholder":true,"num":0,"x":{"_placeholder":true,"num":0}}]""")]
    [InlineData("""52-["a",{"_placeholder":true,"num":0,"x":[{"_placeholder":true,"num":1}]}]""")]
    public void Placeholder_within_a_placeholder(string packet) => Assert.Equal("!illegal attachments", Wire.Decode(packet, [1], [2]));

    [Fact]
    [Trait("Spec", "SEC-SIO-04")]
    public void More_placeholders_than_a_packet_may_have_attachments()
    {
        Assert.StartsWith("Event", Wire.Decode($"""51-["a",{string.Join(',', Enumerable.Repeat(First, 10))}]""", [1]), StringComparison.Ordinal);
        Assert.Equal("!illegal attachments", Wire.Decode($"""51-["a",{string.Join(',', Enumerable.Repeat(First, 11))}]""", [1]));
    }

    [Theory]
    [Trait("Spec", "SIO-BIN-08")]
    [InlineData("""{"_placeholder":1,"num":5}""")]
    [InlineData("""{"_placeholder":"true","num":5}""")]
    [InlineData("""{"_placeholder":[true],"num":5}""")]
    [InlineData("""{"_placeholder":{"_placeholder":false},"num":5}""")]
    [InlineData("""{"_placeholder":true,"_placeholder":false,"num":9}""")]
    [InlineData("""["_placeholder",true,"num",9]""")]
    [InlineData("""{"num":9}""")]
    public void Not_a_placeholder(string value) =>
        Assert.Equal($"""Event / ["a",{value}] <00>""", Wire.Decode($"""51-["a",{value}]""", [0]));

    [Theory]
    [Trait("Spec", "SIO-DEC-16")]
    [InlineData("""{"num":0,"_placeholder":true,"z":[]}""")]
    [InlineData("""{"_placeholder":true,"num":7,"num":0}""")]
    [InlineData("""{"_placeholder":false,"_placeholder":true,"num":0}""")]
    [InlineData("""{ "_placeholder" : true , "num" : 0 }""")]
    [InlineData("""{"\u005fplaceholder":true,"nu\u006d":0}""")]
    [InlineData("""{"x":{"num":9},"_placeholder":true,"y":[{"num":8}],"num":0}""")]
    public void Unusual_placeholder(string value)
    {
        var arguments = Wire.Receive($"""51-["a",{value},{First}]""", [7]);
        Assert.Equal([7], arguments.Get<byte[]>(0));
        Assert.Equal([7], arguments.Get<byte[]>(1));
    }

    [Fact]
    [Trait("Spec", "SIO-DEC-17")]
    public void A_placeholder_in_a_packet_that_is_not_binary_is_an_object()
    {
        var arguments = Wire.Receive($"""2["e",{First}]""");
        Assert.Equal(First, arguments.Get<System.Text.Json.JsonElement>(0).GetRawText());
        Assert.Throws<EventBindingException>(() => arguments.Get<byte[]>(0));
        Assert.Equal("""Event / ["e",{"_placeholder":true,"num":-5}]""", Wire.Decode("""2["e",{"_placeholder":true,"num":-5}]"""));
    }

    [Fact]
    [Trait("Spec", "SIO-DEC-13")]
    [Trait("Behaviour", "socket.io-parser/test/buffer.js:59")]
    public void Text_before_the_attachments()
    {
        var state = default(DecoderState);
        Assert.Equal(DecodeStatus.NeedMore, Wire.Decode($"""51-["a",{First}]""", ref state, out _));
        Assert.Equal(DecodeStatus.Malformed, Wire.Decode("1", ref state, out _));
        Assert.Equal("got plaintext data when reconstructing a packet", state.Error);
    }

    [Fact]
    [Trait("Spec", "SIO-DEC-14")]
    [Trait("Behaviour", "socket.io-parser/test/buffer.js:51")]
    public void Binary_without_a_packet()
    {
        var state = default(DecoderState);
        Assert.Equal(DecodeStatus.Malformed, Wire.Parser.Decode(new(new byte[1], isBinary: true), ref state, out _));
        Assert.Equal("got binary data when not reconstructing a packet", state.Error);
        Assert.Equal(DecodeStatus.NeedMore, Wire.Decode("""51-["a"]""", ref state, out _));
        Assert.Equal(DecodeStatus.Complete, Wire.Parser.Decode(new(new byte[1], isBinary: true), ref state, out _));
        Assert.Equal(DecodeStatus.Malformed, Wire.Parser.Decode(new(new byte[1], isBinary: true), ref state, out _));
    }

    [Fact]
    [Trait("Spec", "SIO-DEC-15")]
    public void Attachments_need_not_be_referenced() => Assert.Equal("""Event / ["e"] <07>""", Wire.Decode("""51-["e"]""", [7]));

    [Fact]
    [Trait("Spec", "SIO-BIN-03")]
    public void Attachments_may_be_empty()
    {
        Assert.Equal("""451-["a",{"_placeholder":true,"num":0}] <>""", Wire.EncodeEvent("a", Array.Empty<byte>()));
        Assert.Empty(Wire.Receive($"""51-["a",{First}]""", [[]]).Get<byte[]>(0)!);
    }

    [Fact]
    public void Binary_packets_need_a_payload()
    {
        // The reference waits for the attachments and then delivers nothing.
        Assert.Equal("!invalid payload", Wire.Decode("51-"));
        Assert.Equal("!invalid payload", Wire.Decode("61-1"));
    }

    [Fact]
    [Trait("Spec", "SIO-DEC-27")]
    [Trait("Spec", "SIO-DEC-28")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:197")]
    public void What_is_pending_goes_with_the_state()
    {
        var state = default(DecoderState);
        Wire.Decode($"""51-["a",{First}]""", ref state, out _);
        state = default;
        Assert.Equal(DecodeStatus.Complete, Wire.Decode("0", ref state, out _));
    }

    [Fact]
    [Trait("Spec", "SEC-SIO-03")]
    public void Bytes_are_limited_together()
    {
        var parser = new JsonPacketParser(new() { MaxAttachmentBytes = 3 });
        Assert.Equal("""Event / ["a"] <0102> <03>""", Wire.Decode(parser, """52-["a"]""", [1, 2], [3]));
        Assert.Equal("!too many attachment bytes", Wire.Decode(parser, """52-["a"]""", [1, 2], [3, 4]));
    }

    [Fact]
    [Trait("Spec", "SEC-MEM-01")]
    public void A_pending_packet_owns_its_memory()
    {
        var text = System.Text.Encoding.UTF8.GetBytes($"""51-["a",{First}]""");
        byte[] bytes = [1];
        var state = default(DecoderState);
        Wire.Parser.Decode(new(text, isBinary: false), ref state, out _);
        Array.Fill(text, (byte)'x');
        Wire.Parser.Decode(new EngineMessage(bytes, isBinary: true), ref state, out var packet);
        bytes[0] = 9;
        Assert.Equal($"""["a",{First}]""", packet.Data.ToString());
        Assert.Equal("01", Wire.Hex(packet.Data.Attachments.Span[0]));
    }
}
