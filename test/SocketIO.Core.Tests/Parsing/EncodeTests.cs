using SocketIO.Json;
using SocketIO.Parsing;

namespace SocketIO.Core.Tests.Parsing;

// The expected strings are what socket.io-parser 4.2.7 writes.
public sealed class EncodeTests
{
    private static readonly PayloadSerializer s_json = PayloadSerializer.Default;

    [Theory]
    [Trait("Spec", "SIO-ENC-01")]
    [Trait("Spec", "SIO-ENC-02")]
    [Trait("Spec", "SIO-ENC-03")]
    [Trait("Spec", "SIO-ENC-04")]
    [Trait("Spec", "SIO-ENC-20")]
    [Trait("Spec", "SIO-ENC-21")]
    [InlineData("/", null, "40")]
    [InlineData("/", "123", """40{"token":"123"}""")]
    [InlineData("/admin", null, "40/admin,")]
    [InlineData("/admin", "123", """40/admin,{"token":"123"}""")]
    [InlineData("/é", null, "40/é,")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:16")]
    public void Connect(string ns, string? token, string expected) =>
        Assert.Equal(expected, Wire.Encode(PacketType.Connect, ns, s_json.SerializeValue(token is null ? null : new { token })));

    [Fact]
    [Trait("Spec", "SIO-ENC-21")]
    public void Null_is_no_payload() =>
        Assert.Equal("40", Wire.Encode(PacketType.Connect, "/", new("null"u8.ToArray())));

    [Fact]
    [Trait("Spec", "SIO-ENC-05")]
    [Trait("Spec", "SIO-ENC-06")]
    public void Grant()
    {
        Assert.Equal(
            """40{"sid":"oSO0OpakMV_3jnilAAAA"}""",
            Wire.Encode(PacketType.Connect, "/", PayloadSerializer.SerializeGrant("oSO0OpakMV_3jnilAAAA")));
        Assert.Equal("""40{"sid":"a","pid":"b"}""", Wire.Encode(PacketType.Connect, "/", PayloadSerializer.SerializeGrant("a", "b")));
    }

    [Fact]
    [Trait("Spec", "SIO-ENC-07")]
    [Trait("Spec", "SIO-ENC-08")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:75")]
    public void Refusal()
    {
        var withData = s_json.SerializeConnectError("not authorized", new { content = "later" });
        Assert.Equal("""44{"message":"not authorized","data":{"content":"later"}}""", Wire.Encode(PacketType.ConnectError, "/", withData));
        Assert.Equal(
            """44{"message":"not authorized"}""", Wire.Encode(PacketType.ConnectError, "/", s_json.SerializeConnectError("not authorized")));
        Assert.Equal(
            """44/random,{"message":"Invalid namespace"}""",
            Wire.Encode(PacketType.ConnectError, "/random", s_json.SerializeConnectError("Invalid namespace")));
    }

    [Fact]
    [Trait("Spec", "SIO-ENC-09")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:26")]
    public void Disconnect()
    {
        Assert.Equal("41", Wire.Encode(PacketType.Disconnect, "/", default));
        Assert.Equal("41/admin,", Wire.Encode(PacketType.Disconnect, "/admin", default));
    }

    [Theory]
    [Trait("Spec", "SIO-PKT-01")]
    [Trait("Spec", "SIO-ENC-10")]
    [Trait("Spec", "SIO-ENC-11")]
    [Trait("Spec", "SIO-ENC-19")]
    [InlineData("/", null, """42["foo"]""")]
    [InlineData("/admin", null, """42/admin,["foo"]""")]
    [InlineData("/", 12L, """4212["foo"]""")]
    [InlineData("/admin", 12L, """42/admin,12["foo"]""")]
    [InlineData("/", 0L, """420["foo"]""")]
    [InlineData("/", 9007199254740991L, """429007199254740991["foo"]""")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:33")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:49")]
    public void Event(string ns, long? id, string expected) =>
        Assert.Equal(expected, Wire.Encode(PacketType.Event, ns, s_json.SerializeEvent("foo", []), id));

    [Fact]
    [Trait("Spec", "SIO-ENC-12")]
    [Trait("Spec", "SIO-EVT-07")]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:58")]
    public void Acknowledgement()
    {
        Assert.Equal("4312[]", Wire.Encode(PacketType.Ack, "/", s_json.SerializeArguments([]), 12));
        Assert.Equal("""43/admin,13["bar"]""", Wire.Encode(PacketType.Ack, "/admin", s_json.SerializeArguments(["bar"]), 13));
        Assert.Equal("""431[1,"two"]""", Wire.Encode(PacketType.Ack, "/", s_json.SerializeArguments([1, "two"]), 1));
    }

    [Fact]
    [Trait("Spec", "SIO-ENC-13")]
    [Trait("Spec", "SIO-ENC-14")]
    [Trait("Spec", "SIO-ENC-15")]
    [Trait("Spec", "SIO-ENC-16")]
    [Trait("Behaviour", "socket.io-parser/test/buffer.js:6")]
    [Trait("Behaviour", "socket.io-parser/test/buffer.js:24")]
    public void Binary()
    {
        byte[] one = [1], two = [2, 3];
        Assert.Equal(
            """451-["baz",{"_placeholder":true,"num":0}] <01>""",
            Wire.Encode(PacketType.Event, "/", s_json.SerializeEvent("baz", [one])));
        Assert.Equal(
            """452-/admin,["baz",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}] <01> <0203>""",
            Wire.Encode(PacketType.Event, "/admin", s_json.SerializeEvent("baz", [one, two])));
        Assert.Equal(
            """451-/admin,13["test",{"_placeholder":true,"num":0}] <01>""",
            Wire.Encode(PacketType.Event, "/admin", s_json.SerializeEvent("test", [one]), 13));
        Assert.Equal(
            """461-15["bar",{"_placeholder":true,"num":0}] <01>""",
            Wire.Encode(PacketType.Ack, "/", s_json.SerializeArguments(["bar", one]), 15));
    }

    [Fact]
    [Trait("Spec", "SIO-ENC-17")]
    [Trait("Spec", "SIO-JSON-06")]
    public void Nested_values_and_null() =>
        Assert.Equal(
            """42["message",1,"2",{"3":[true]},null]""",
            Wire.EncodeEvent("message", 1, "2", new Dictionary<string, object> { ["3"] = new[] { true } }, null));

    [Fact]
    [Trait("Spec", "SIO-ENC-18")]
    public void Connect_payloads_are_not_searched_for_binary()
    {
        var auth = new { key = new byte[] { 1, 2, 3 } };
        Assert.Equal("""40{"key":"AQID"}""", Wire.Encode(PacketType.Connect, "/", s_json.SerializeValue(auth)));
        Assert.Equal(
            """44{"message":"m","data":{"key":"AQID"}}""",
            Wire.Encode(PacketType.ConnectError, "/", s_json.SerializeConnectError("m", auth)));
    }

    [Fact]
    [Trait("Spec", "SIO-EVT-01")]
    public void Arguments_keep_order_and_count()
    {
        Assert.Equal("""42["e"]""", Wire.EncodeEvent("e"));
        Assert.Equal("""42["e",1]""", Wire.EncodeEvent("e", 1));
        Assert.Equal("""42["e",1,2,3,4,5]""", Wire.EncodeEvent("e", 1, 2, 3, 4, 5));
    }

    [Fact]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:6")]
    public void Types_have_the_numbers_of_the_protocol() =>
        Assert.Equal(
            ["Connect", "Disconnect", "Event", "Ack", "ConnectError", "BinaryEvent", "BinaryAck"],
            Enumerable.Range(0, 7).Select(number => ((PacketType)number).ToString()));

    [Fact]
    public void A_frame_is_one_exact_array_of_its_own()
    {
        using var rented = s_json.RentEvent("foo", ["bar"]);
        var packet = Wire.Parser.Encode(new(PacketType.Event, "/", rented.Payload));
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(packet.First.Bytes, out var array));
        Assert.Equal(array.Array!.Length, packet.First.Bytes.Length);
        Assert.True(packet.Rest.IsEmpty);
    }

    [Fact]
    [Trait("Spec", "SIO-PKT-04")]
    [Trait("Spec", "SIO4-13")]
    public void Revision() => Assert.Equal(5, SocketProtocol.Revision);
}
