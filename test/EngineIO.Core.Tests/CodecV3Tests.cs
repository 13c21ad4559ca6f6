namespace EngineIO.Core.Tests;

public sealed class CodecV3Tests
{
    private const string BinEvent = "451-[\"bin\",{\"_placeholder\":true,\"num\":0},\"€\"]";

    [Theory]
    [Trait("Spec", "EIO3-02")]
    [InlineData("6:4hello2:4€", "message:hello message:€")]
    [InlineData("3:4😀1:2", "message:😀 ping")]
    [InlineData("2:40", "message:0")]
    [InlineData("02:40", "message:0")]
    [InlineData("1:22:40", "ping message:0")]
    [InlineData("0000000002:40", "message:0")]
    [InlineData("10:b4AQIDBA==", "message<01020304>")]
    [InlineData("6:b4-_8=6:b4AQID", "message<fbff> message<010203>")]
    [InlineData("2:b4", "message<>")]
    [InlineData("5::::::", "!UnknownType")]
    [InlineData("3:4::1:2", "message::: ping")]
    public void Text_payload_carries_lengths_in_utf16_units(string body, string expected) =>
        Assert.Equal(expected, Wire.DecodePayload(Wire.V3, Wire.Utf8(body)));

    [Fact]
    [Trait("Spec", "EIO3-03")]
    public void Text_payload_with_an_attachment() =>
        Assert.Equal(
            $"message:0 message:{BinEvent[1..]} message<01020304>",
            Wire.DecodePayload(Wire.V3, Wire.Utf8($"2:4045:{BinEvent}10:b4AQIDBA==")));

    [Theory]
    [Trait("Spec", "EIO3-07")]
    [Trait("Spec", "EIO3-12")]
    [Trait("Spec", "SEC-EIO-02")]
    [InlineData("", "!Empty")]
    [InlineData("3:40", "!InvalidLength")]
    [InlineData("x:40", "!InvalidLength")]
    [InlineData(":40", "!InvalidLength")]
    [InlineData("2", "!InvalidLength")]
    [InlineData("2:", "!InvalidLength")]
    [InlineData("-1:40", "!InvalidLength")]
    [InlineData("+2:40", "!InvalidLength")]
    [InlineData("1e0:4", "!InvalidLength")]
    [InlineData("0x2:40", "!InvalidLength")]
    [InlineData(" 2:40", "!InvalidLength")]
    [InlineData("0:", "!Empty")]
    [InlineData("0:2:40", "!Empty")]
    [InlineData("2:402", "message:0 !InvalidLength")]
    [InlineData("3:4€", "!InvalidLength")] // counts code points and one too many
    [InlineData("4:4€", "!InvalidLength")] // counts bytes
    [InlineData("2:4😀", "!InvalidLength")] // splits a surrogate pair
    [InlineData("2:4😀1:2", "!InvalidLength")]
    [InlineData("9999999999:4", "!InvalidLength")]
    [InlineData("2147483648:4", "!InvalidLength")]
    [InlineData("4294967297:2", "!InvalidLength")]
    [InlineData("00000000001:2", "!InvalidLength")] // eleven digits
    [InlineData("1:21:x1:2", "ping !UnknownType")]
    [InlineData("1:b", "!UnknownType")]
    [InlineData("4:b9AQ", "!UnknownType")]
    [InlineData("5:b4A!=", "!InvalidBase64")]
    public void Malformed_text_payload_ends_there(string body, string expected) =>
        Assert.Equal(expected, Wire.DecodePayload(Wire.V3, Wire.Utf8(body)));

    [Fact]
    [Trait("Spec", "SEC-EIO-06")]
    public void Text_payload_that_is_not_utf8_is_refused() =>
        Assert.Equal("!InvalidUtf8", Wire.DecodePayload(Wire.V3, Wire.Hex("323a34ff")));

    [Theory]
    [Trait("Spec", "EIO3-04")]
    [InlineData("00 04 ff 34 e2 82 ac 01 05 ff 04 01 02 03 04", "message:€ message<01020304>")]
    [InlineData("00 01 ff 32", "ping")]
    [InlineData("01 01 ff 04", "message<>")]
    [InlineData("01 01 ff 02", "ping<>")]
    [InlineData("00 01 00 ff 34 68 65 6c 6c 6f 77 6f 72 6c", "message:helloworl")]
    [InlineData("00 00 00 02 ff 34 32", "message:2")]
    [InlineData("00 08 ff 62 34 41 51 49 44 42 41", "message<01020304>")] // base64 in a text packet
    [Trait("Behaviour", "engine.io/test/parser.js:5")]
    public void Binary_payload_carries_digits_as_bytes(string hex, string expected) =>
        Assert.Equal(expected, Wire.DecodePayload(Wire.V3, Wire.Hex(hex), isBinary: true));

    [Theory]
    [Trait("Spec", "EIO3-07")]
    [Trait("Spec", "EIO3-08")]
    [Trait("Spec", "SEC-EIO-02")]
    [InlineData("", "!Empty")]
    [InlineData("00", "!InvalidLength")]
    [InlineData("00 ff", "!InvalidLength")]
    [InlineData("00 ff 34", "!InvalidLength")]
    [InlineData("00 04", "!InvalidLength")]
    [InlineData("00 0a ff 34", "!InvalidLength")]
    [InlineData("00 31 ff 34", "!InvalidLength")] // an ASCII digit
    [InlineData("00 00 ff", "!Empty")]
    [InlineData("01 00 ff", "!Empty")]
    [InlineData("00 02 ff 34", "!InvalidLength")]
    [InlineData("01 05 ff 04 01", "!InvalidLength")]
    [InlineData("02 04 ff 34 e2 82 ac", "!InvalidLength")]
    [InlineData("00 00 00 00 00 00 00 00 00 00 00 01 ff 32", "!InvalidLength")] // eleven digits
    [InlineData("00 09 09 09 09 09 09 09 09 09 09 ff 32", "!InvalidLength")]
    [InlineData("00 01 ff 78", "!UnknownType")]
    [InlineData("01 01 ff 07", "!UnknownType")]
    [InlineData("01 01 ff 34", "!UnknownType")]
    [InlineData("01 01 ff ff", "!UnknownType")]
    [InlineData("00 02 ff 34 c3", "!InvalidUtf8")]
    [InlineData("00 01 ff 32 00 01 ff 78 00 01 ff 32", "ping !UnknownType")]
    public void Malformed_binary_payload_ends_there(string hex, string expected) =>
        Assert.Equal(expected, Wire.DecodePayload(Wire.V3, Wire.Hex(hex), isBinary: true));

    [Theory]
    [Trait("Spec", "SEC-EIO-01")]
    [InlineData("1:21:21:2", 3, "ping ping ping")]
    [InlineData("1:21:21:2", 2, "ping ping !TooManyPackets")]
    [InlineData("1:2", 0, "!TooManyPackets")]
    public void Packets_of_a_payload_are_capped(string body, int maxPackets, string expected)
    {
        Assert.Equal(expected, Wire.DecodePayload(Wire.V3, Wire.Utf8(body), isBinary: false, maxPackets));
        var binary = Wire.Hex(body.Replace("1:2", "0001ff32", StringComparison.Ordinal));
        Assert.Equal(expected, Wire.DecodePayload(Wire.V3, binary, isBinary: true, maxPackets));
    }

    [Theory]
    [Trait("Spec", "EIO3-02")]
    [Trait("Spec", "EIO3-03")]
    [InlineData("4hello 2 4world", "6:4hello1:26:4world")]
    [InlineData("4hello 4€ 4😀", "6:4hello2:4€3:4😀")]
    [InlineData("4hello <01020304>", "6:4hello10:b4AQIDBA==")]
    [InlineData(BinEvent + " <01020304>", "45:" + BinEvent + "10:b4AQIDBA==")]
    [InlineData("<> 4", "2:b41:4")]
    [InlineData("<fbff> 6 2probe", "6:b4+/8=1:66:2probe")]
    [InlineData("4xxxxxxxxxx <070707070707070707070707>", "11:4xxxxxxxxxx18:b4BwcHBwcHBwcHBwcH")]
    public void Text_payload_is_encoded_as_the_reference_does(string frames, string expected)
    {
        var (isBinary, body) = Wire.Encode(Wire.V3, Wire.Frames(frames), supportsBinary: false);
        Assert.False(isBinary);
        Assert.Equal(Wire.Utf8(expected), body);
    }

    [Theory]
    [Trait("Spec", "EIO3-04")]
    [InlineData("4€ <01020304>", "0004ff34e282ac0105ff0401020304")]
    [InlineData("4hello <01020304>", "0006ff3468656c6c6f0105ff0401020304")]
    [InlineData("<> 4", "0101ff040001ff34")]
    [InlineData("<fbff> 6 2probe", "0103ff04fbff0001ff360006ff3270726f6265")]
    [InlineData("4xxxxxxxxxx <070707070707070707070707>", "000101ff3478787878787878787878010103ff04070707070707070707070707")]
    public void Binary_payload_is_encoded_as_the_reference_does(string frames, string expected)
    {
        var (isBinary, body) = Wire.Encode(Wire.V3, Wire.Frames(frames), supportsBinary: true);
        Assert.True(isBinary);
        Assert.Equal(expected, Convert.ToHexStringLower(body));
    }

    [Fact]
    [Trait("Spec", "EIO3-05")]
    public void Payload_without_binary_stays_text()
    {
        var (isBinary, body) = Wire.Encode(Wire.V3, Wire.Frames("4hello 4€"), supportsBinary: true);
        Assert.False(isBinary);
        Assert.Equal(Wire.Utf8("6:4hello2:4€"), body);
    }

    [Theory]
    [Trait("Spec", "EIO3-06")]
    [InlineData("0401020304", "message<01020304>")]
    [InlineData("04", "message<>")]
    [InlineData("02", "ping<>")]
    [InlineData("", "!Empty")]
    [InlineData("09", "!UnknownType")]
    [InlineData("34", "!UnknownType")]
    public void Binary_frame_begins_with_its_type(string hex, string expected) =>
        Assert.Equal(expected, Wire.DecodeFrame(Wire.V3, Wire.Hex(hex), isBinary: true));

    [Theory]
    [Trait("Spec", "EIO3-06")]
    [Trait("Spec", "EIO3-10")]
    [InlineData("4hello", "message:hello")]
    [InlineData("2probe", "ping:probe")]
    [InlineData("5", "upgrade")]
    [InlineData("b4AQIDBA==", "message<01020304>")]
    [InlineData("b4AQIDBA", "message<01020304>")]
    [InlineData("", "!Empty")]
    [InlineData("9", "!UnknownType")]
    [InlineData("b", "!UnknownType")]
    [InlineData("bAQIDBA==", "!UnknownType")]
    [InlineData("b4A", "!InvalidBase64")]
    public void Text_frame(string text, string expected) =>
        Assert.Equal(expected, Wire.DecodeFrame(Wire.V3, Wire.Utf8(text), isBinary: false));

    [Fact]
    [Trait("Spec", "EIO3-06")]
    public void Binary_frame_gets_its_type_byte_or_becomes_base64()
    {
        var frame = EngineFrame.Binary(Wire.Hex("01020304"));

        var binary = Wire.V3.ToWebSocketFrame(frame, supportsBinary: true);
        Assert.True(binary.IsBinary);
        Assert.Equal(Wire.Hex("0401020304"), binary.Bytes.ToArray());

        var text = Wire.V3.ToWebSocketFrame(frame, supportsBinary: false);
        Assert.False(text.IsBinary);
        Assert.Equal(EnginePacketType.Message, text.Type);
        Assert.Equal(Wire.Utf8("b4AQIDBA=="), text.Bytes.ToArray());

        Assert.Equal(EngineFrame.Ping, Wire.V3.ToWebSocketFrame(EngineFrame.Ping, supportsBinary: true));
    }
}
