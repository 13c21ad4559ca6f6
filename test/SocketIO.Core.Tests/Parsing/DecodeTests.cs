using System.Text;
using SocketIO.Parsing;

namespace SocketIO.Core.Tests.Parsing;

// Each row was checked against socket.io-parser 4.2.7; where the result differs, the row says how.
public sealed class DecodeTests
{
    [Theory]
    [Trait("Spec", "SIO-ENC-01")]
    [InlineData("0", "Connect /")]
    [InlineData("""0{"token":"123"}""", """Connect / {"token":"123"}""")]
    [InlineData("0/admin,", "Connect /admin")]
    [InlineData("""0/admin,{"token":"123"}""", """Connect /admin {"token":"123"}""")]
    [InlineData("""0{"sid":"a","pid":"b"}""", """Connect / {"sid":"a","pid":"b"}""")]
    [InlineData("""4/random,{"message":"Invalid namespace"}""", """ConnectError /random {"message":"Invalid namespace"}""")]
    [InlineData("4\"x\"", "ConnectError / \"x\"")]
    [InlineData("4", "ConnectError /")]
    [InlineData("1", "Disconnect /")]
    [InlineData("1/admin,", "Disconnect /admin")]
    [InlineData("""2["foo"]""", """Event / ["foo"]""")]
    [InlineData("""2/admin,12["foo"]""", """Event /admin #12 ["foo"]""")]
    [InlineData("312[]", "Ack / #12 []")]
    [InlineData("""3/admin,13["bar"]""", """Ack /admin #13 ["bar"]""")]
    [InlineData("""2["message",1,"2",{"3":[true]},null]""", """Event / ["message",1,"2",{"3":[true]},null]""")]
    [InlineData("""20["a"]""", """Event / #0 ["a"]""")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:16")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:26")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:33")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:49")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:58")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:67")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:75")]
    public void Packet(string message, string expected) => Assert.Equal(expected, Wire.Decode(message));

    [Theory]
    [Trait("Spec", "SIO-DEC-03")]
    [InlineData("", "!empty packet")] // the reference takes it for CONNECT
    [InlineData("abc", "!unknown packet type")]
    [InlineData("7", "!unknown packet type 7")]
    [InlineData("9", "!unknown packet type 9")]
    [InlineData("/", "!unknown packet type")]
    [InlineData(" 2[\"a\"]", "!unknown packet type")]
    [InlineData("é", "!unknown packet type")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:160")]
    public void Unknown_type(string message, string expected) => Assert.Equal(expected, Wire.Decode(message));

    [Theory]
    [Trait("Spec", "SIO-DEC-01")]
    [Trait("Spec", "SIO-DEC-04")]
    [Trait("Spec", "SIO-DEC-07")]
    [Trait("Spec", "SIO-DEC-09")]
    [Trait("Spec", "SIO-DEC-18")]
    [Trait("Spec", "SIO-DEC-26")]
    [Trait("Spec", "SIO-JSON-07")]
    [Trait("Spec", "SEC-SIO-01")]
    [InlineData("2")] // the reference takes it for an event that nobody receives
    [InlineData("2 ")]
    [InlineData("2{}")]
    [InlineData("2[]")]
    [InlineData("2null")]
    [InlineData("2[null]")]
    [InlineData("2[[]]")]
    [InlineData("""2[true,"a"]""")]
    [InlineData("""2[null,"a"]""")]
    [InlineData("""2[{"toString":"x"}]""")]
    [InlineData("""2["a" """)]
    [InlineData("""2abc["a"]""")]
    [InlineData("""2["e"]x""")]
    [InlineData("""2["e"]["e"]""")]
    [InlineData("""2["e",]""")]
    [InlineData("2['e']")]
    [InlineData("2[NaN]")]
    [InlineData("""2["e",NaN]""")]
    [InlineData("""2["e"/*c*/]""")]
    [InlineData("""2["e",01]""")]
    [InlineData("2[\"e\n\"]")]
    [InlineData("""2["\ud8zz"]""")]
    [InlineData("""2["\ud83"]""")]
    [InlineData("""2["\ud83d\""")]
    [InlineData("""2-1["a"]""")]
    [InlineData("""2 12["e"]""")] // the reference takes it for id 12
    [InlineData("""2 /a,["e"]""")]
    [InlineData("3{}")]
    [InlineData("3null")]
    [InlineData("1{}")]
    [InlineData("1/admin,{}")]
    [InlineData("1 ")]
    [InlineData("0[]")]
    [InlineData("0\"x\"")]
    [InlineData("0null")]
    [InlineData("0{")]
    [InlineData("4[]")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:160")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:212")]
    public void Invalid_payload(string message) => Assert.Equal("!invalid payload", Wire.Decode(message));

    [Theory]
    [Trait("Spec", "SIO-DEC-05")]
    [Trait("Spec", "SEC-SIO-02")]
    [InlineData("connect")]
    [InlineData("connect_error")]
    [InlineData("disconnect")]
    [InlineData("disconnecting")]
    [InlineData("newListener")]
    [InlineData("removeListener")]
    [InlineData(@"\u0063onnect")]
    [InlineData(@"disconnec\u0074")]
    [InlineData(@"new\u004cistener")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:160")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:212")]
    public void Reserved_name(string name)
    {
        Assert.Equal("!invalid payload", Wire.Decode($"2[\"{name}\"]"));
        Assert.Equal("!invalid payload", Wire.Decode($"51-[\"{name}\"]"));
        Assert.StartsWith("Ack", Wire.Decode($"31[\"{name}\"]"), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Spec", "SIO-DEC-06")]
    [Trait("Spec", "SEC-SIO-02")]
    [InlineData("""2[1,"a"]""")]
    [InlineData("2[1.5]")]
    [InlineData("""2[""]""")]
    [InlineData("""2["error"]""")]
    [InlineData("""2["Connect"]""")]
    [InlineData("""2["message"]""")]
    [InlineData("""2["__proto__"]""")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:41")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:212")]
    public void Accepted_name(string message) => Assert.Equal($"Event / {message[1..]}", Wire.Decode(message));

    [Theory]
    [Trait("Spec", "SIO-DEC-08")]
    [InlineData("3", "Ack /")]
    [InlineData("3[]", "Ack / []")]
    [InlineData("""3["x"]""", """Ack / ["x"]""")]
    public void Acknowledgement_without_an_id(string message, string expected) => Assert.Equal(expected, Wire.Decode(message));

    [Theory]
    [Trait("Spec", "SIO-DEC-19")]
    [Trait("Spec", "SIO-PKT-03")]
    [InlineData("0/admin", "Connect /admin")]
    [InlineData("0/,", "Connect /")]
    [InlineData("0/", "Connect /")]
    [InlineData("""0 {"a":1}""", """Connect /  {"a":1}""")]
    [InlineData("""0/,{"a":1}""", """Connect / {"a":1}""")]
    [InlineData("0/a?x=1,", "Connect /a?x=1")]
    [InlineData("0/a%2cb,", "Connect /a%2cb")]
    [InlineData("""0/é,{"a":1}""", """Connect /é {"a":1}""")]
    [InlineData("0//,", "Connect //")]
    public void Namespace(string message, string expected) => Assert.Equal(expected, Wire.Decode(message));

    [Theory]
    [Trait("Spec", "SIO-DEC-23")]
    [Trait("Spec", "SIO-DEC-24")]
    [Trait("Spec", "SIO-DEC-25")]
    [Trait("Spec", "SEC-SIO-05")]
    [InlineData("""2007["a"]""", """Event / #7 ["a"]""")]
    [InlineData("""2 ["e"]""", """Event /  ["e"]""")] // the reference takes it for id 0
    [InlineData("""29007199254740991["a"]""", """Event / #9007199254740991 ["a"]""")]
    [InlineData("""29007199254740992["a"]""", "!invalid acknowledgement id")] // the reference rounds
    [InlineData("""299999999999999999999999999["a"]""", "!invalid acknowledgement id")]
    [InlineData("""39223372036854775808[]""", "!invalid acknowledgement id")]
    [InlineData("15", "Disconnect / #5")]
    public void Id(string message, string expected) => Assert.Equal(expected, Wire.Decode(message));

    [Theory]
    [Trait("Spec", "SIO-JSON-04")]
    [Trait("Spec", "SIO-JSON-07")]
    [Trait("Spec", "SEC-SIO-07")]
    [InlineData("2[\"e\"] \r\n\t")]
    [InlineData("""2["a",1e3,-0.0,12345678901234567890,1e400]""")]
    [InlineData("""2["a",{"x":1,"x":2}]""")]
    public void Accepted_json(string message) => Assert.Equal($"Event / {message[1..]}", Wire.Decode(message));

    [Theory]
    [Trait("Spec", "SIO-JSON-03")]
    [Trait("Spec", "SEC-SIO-07")]
    [InlineData(@"\ud800", @"\ufffd")]
    [InlineData(@"\uDC00", @"\ufffd")]
    [InlineData(@"\ud83d\ude00", @"\ud83d\ude00")]
    [InlineData(@"\ud83d\ud83d\ude00", @"\ufffd\ud83d\ude00")]
    [InlineData(@"\ude00\ud83d", @"\ufffd\ufffd")]
    [InlineData(@"\ud83dx\ude00", @"\ufffdx\ufffd")]
    [InlineData(@"\\ud800", @"\\ud800")]
    [InlineData(@"\\\ud800", @"\\\ufffd")]
    [InlineData(@"a\n\ud83d\n", @"a\n\ufffd\n")]
    [InlineData(@"\ud7ff\ue000", @"\ud7ff\ue000")]
    public void Lone_surrogates_become_the_replacement_character(string text, string expected)
    {
        Assert.Equal($$"""Event / ["e","{{expected}}",{"{{expected}}":1}]""", Wire.Decode($$"""2["e","{{text}}",{"{{text}}":1}]"""));
        var arguments = Wire.Receive($"2[\"{text}\",\"{text}\"]");
        Assert.Equal(arguments.Name, arguments.Get<string>(0));
    }

    [Theory]
    [Trait("Spec", "SIO-JSON-08")]
    [Trait("Spec", "SEC-SIO-07")]
    [InlineData(63, true)]
    [InlineData(64, false)]
    [InlineData(100_000, false)]
    public void Depth_is_limited(int depth, bool isValid)
    {
        // The array of the arguments is a level of its own.
        var message = $"2[\"e\",{new string('[', depth)}{new string(']', depth)}]";
        Assert.Equal(isValid ? "Event / " + message[1..] : "!invalid payload", Wire.Decode(message));
        Assert.Equal("!invalid payload", Wire.Decode($"2[\"e\",{new string('[', depth + 1)}"));
    }

    [Fact]
    [Trait("Spec", "SIO-JSON-08")]
    public void Depth_is_an_option()
    {
        var parser = new JsonPacketParser(new() { MaxDepth = 3 });
        Assert.Equal("""Event / ["e",[[]]]""", Wire.Decode(parser, """2["e",[[]]]"""));
        Assert.Equal("!invalid payload", Wire.Decode(parser, """2["e",[[[]]]]"""));
    }

    [Fact]
    public void Namespaces_become_strings_once()
    {
        var state = default(DecoderState);
        Wire.Decode("""2/admin,["a"]""", ref state, out var first);
        Wire.Decode("""2/admin,["b"]""", ref state, out var second);
        Wire.Decode("""2/other,["b"]""", ref state, out var third);
        Wire.Decode("""2["b"]""", ref state, out var fourth);
        Assert.Same(first.Namespace, second.Namespace);
        Assert.Equal("/other", third.Namespace);
        Assert.Same(SocketProtocol.MainNamespace, fourth.Namespace);
    }

    [Fact]
    public void An_error_is_forgotten_with_the_next_message()
    {
        var state = default(DecoderState);
        Assert.Equal(DecodeStatus.Malformed, Wire.Decode("9", ref state, out _));
        Assert.NotNull(state.Error);
        Assert.Equal(DecodeStatus.Complete, Wire.Decode("0", ref state, out _));
        Assert.Null(state.Error);
    }

    [Fact]
    public void Json_is_a_view_of_the_message()
    {
        var message = Encoding.UTF8.GetBytes("""2["a",1]""");
        var state = default(DecoderState);
        Wire.Parser.Decode(new(message, isBinary: false), ref state, out var packet);
        message[^2] = (byte)'2';
        Assert.Equal("""["a",2]""", packet.Data.ToString());
    }

    [Fact]
    public void Decoding_an_event_allocates_nothing()
    {
        var message = Encoding.UTF8.GetBytes("""2/admin,12["message",1,"2",{"3":[true]},null]""");
        var state = default(DecoderState);
        Assert.Equal(0, Allocations.PerCall(() => Wire.Parser.Decode(new(message, isBinary: false), ref state, out _)));
    }

    [Theory]
    [InlineData(-1, 1L, 64)]
    [InlineData(1, -1L, 64)]
    [InlineData(1, 1L, 0)]
    public void Limits_out_of_range_are_refused(int attachments, long bytes, int depth) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new JsonPacketParser(new() { MaxAttachments = attachments, MaxAttachmentBytes = bytes, MaxDepth = depth }));
}
