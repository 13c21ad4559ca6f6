using SocketIO.Parsing;

namespace SocketIO.MessagePack.Tests;

// The messages were made by socket.io-msgpack-parser 3.0.2, those of a client by socket.io-client 4.8.4 with it.
public sealed class PacketTests
{
    [Theory]
    [Trait("Spec", "SIO-MSG-01")]
    [Trait("Spec", "SIO-MSG-13")]
    [InlineData("82a47479706500a36e7370a12f", PacketType.Connect, "/")]
    [InlineData("83a47479706500a46461746181a3736964a3616263a36e7370a12f", PacketType.Connect, "/", """{"sid":"abc"}""")]
    [InlineData("83a47479706500a46461746182a3736964a3616263a3706964a3646566a36e7370a52f63686174", PacketType.Connect, "/chat", """{"sid":"abc","pid":"def"}""")]
    [InlineData("82a47479706501a36e7370a62f61646d696e", PacketType.Disconnect, "/admin")]
    [InlineData("83a47479706502a46461746191a161a36e7370a12f", PacketType.Event, "/", """["a"]""")]
    [InlineData("84a47479706502a46461746191a161a2696407a36e7370a12f", PacketType.Event, "/", """["a"]""", 7L)]
    [InlineData("84a47479706502a46461746191a161a26964cf001fffffffffffffa36e7370a52f63686174", PacketType.Event, "/chat", """["a"]""", 9007199254740991)]
    [InlineData("84a2696403a47479706503a46461746191a17aa36e7370a12f", PacketType.Ack, "/", """["z"]""", 3L)]
    [InlineData("84a2696400a47479706503a46461746190a36e7370a12f", PacketType.Ack, "/", "[]", 0L)]
    [InlineData("83a47479706504a46461746181a76d657373616765a26e6fa36e7370a12f", PacketType.ConnectError, "/", """{"message":"no"}""")]
    [InlineData("83a47479706504a464617461a26e6fa36e7370a12f", PacketType.ConnectError, "/", "\"no\"")]
    public void Bytes_are_the_official_ones_in_both_directions(string hex, PacketType type, string ns, string json = "", long? id = null)
    {
        Assert.Equal(hex, Wire.Encode(type, ns, json, id));
        Assert.Equal($"{type} {ns}{(id is null ? "" : $" #{id}")}{(json.Length == 0 ? "" : " " + json)}", Wire.Decode(hex));
    }

    [Theory]
    [Trait("Spec", "SIO-MSG-02")]
    [Trait("Spec", "SIO-MSG-13")]
    [InlineData("85a474797065 02 a464617461 92a16501 a76f7074696f6e73 81a8636f6d7072657373c3 a2696400 a36e7370a12f", """Event / #0 ["e",1]""")] // a client's
    [InlineData("83a474797065 00 a36e7370a12f a464617461 81a3736964a3616263", """Connect / {"sid":"abc"}""")]
    [InlineData("84a474797065 02 a36e7370a12f a464617461 91a161 a26964 07", """Event / #7 ["a"]""")]
    [InlineData("83a36e7370a12f a464617461 91a161 a474797065 02", """Event / ["a"]""")]
    [InlineData("84 07 93c0c2c3 a474797065 02 a464617461 91a161 a36e7370a12f", """Event / ["a"]""")] // a key that is no string
    [InlineData("84a474797065 00 a474797065 02 a464617461 91a161 a36e7370a12f", """Event / ["a"]""")] // the last of a repeated key counts
    [InlineData("de0002 d904 74797065 cc00 da0003 6e7370 db00000001 2f", "Connect /")] // longer forms than needed
    [InlineData("82a474797065 cb0000000000000000 a36e7370a12f", "Connect /")]
    [InlineData("84a474797065 cb4000000000000000 a464617461 91a161 a26964 ca41200000 a36e7370a12f", """Event / #10 ["a"]""")]
    public void Order_form_and_other_keys_do_not_matter(string hex, string expected) => Assert.Equal(expected, Wire.Decode(hex.Replace(" ", "")));

    [Theory]
    [Trait("Spec", "SIO-MSG-03")]
    [InlineData("83a47479706500a46461746182a3736964a3616263a3706964d40000a36e7370a12f", """Connect / {"sid":"abc"}""")] // the official grant
    [InlineData("83a47479706504a46461746182a76d657373616765a26e6fa464617461d40000a36e7370a12f", """ConnectError / {"message":"no"}""")]
    [InlineData("83a47479706500a464617461d40000a36e7370a12f", "Connect /")]
    [InlineData("83a47479706501a464617461d40000a36e7370a12f", "Disconnect /")]
    [InlineData("84a47479706503a2696404a46461746190a46e6f7065d40000", "!invalid namespace")]
    [InlineData("84a47479706502a46461746191a161a26964d40000a36e7370a12f", """Event / ["a"]""")]
    public void Undefined_is_absent(string hex, string expected) => Assert.Equal(expected, Wire.Decode(hex));

    [Fact]
    [Trait("Spec", "SIO-MSG-13")]
    public void Every_kind_of_value_in_one_event() =>
        Assert.Equal(
            """Event / ["a",1,{"_placeholder":true,"num":0},null,null,1.5,-1,-33,300,true,"é","1970-01-01T00:00:00.000Z",70000,5000000000] <0102>""",
            Wire.Decode("83a47479706502a4646174619ea16101c4020102c0d40000cb3ff8000000000000ffd0dfcd012cc3a2c3a9d7000000000000000000ce00011170cf000000012a05f200a36e7370a12f"));

    [Fact]
    public void Acknowledgement_without_arguments_is_an_empty_array()
    {
        Assert.Equal("84a2696405a47479706503a46461746190a36e7370a12f", Wire.Encode(PacketType.Ack, "/", "", id: 5));
        Assert.Equal("82a47479706500a36e7370a12f", Wire.Encode(PacketType.Connect, "/", "null"));
    }

    [Fact]
    public void Namespaces_are_any_text()
    {
        Assert.Equal("Connect /é?x=1,", Wire.Decode(Wire.Encode(PacketType.Connect, "/é?x=1,")));
        Assert.Equal("Connect ", Wire.Decode("82a47479706500a36e7370a0"));
    }

    [Theory]
    [Trait("Spec", "SIO-MSG-08")]
    [InlineData("connect")]
    [InlineData("disconnecting")]
    [InlineData("__proto__")]
    public void Event_names_are_not_reserved(string name) =>
        Assert.Equal($"Event / [\"{name}\"]", Wire.Decode(Wire.Encode(PacketType.Event, "/", $"[\"{name}\"]")));

    [Fact]
    public void Limits_are_checked_and_read_once()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MessagePackPacketParser(new() { MaxDepth = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MessagePackPacketParser(new() { MaxDepth = MessagePackPayload.MaxDepthLimit + 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MessagePackPacketParser(new() { MaxAttachments = -1 }));
        var options = new MessagePackPacketParserOptions { MaxDepth = 2 };
        var parser = new MessagePackPacketParser(options);
        options.MaxDepth = 9;
        Assert.Equal("!nested too deep", Wire.Decode(parser, Wire.Bytes(Wire.Event("9190"))));
    }
}
