namespace EngineIO.Core.Tests;

public sealed class CodecV4Tests
{
    [Theory]
    [Trait("Spec", "EIO-PKT-01")]
    [InlineData("0{}", "open:{}")]
    [InlineData("1", "close")]
    [InlineData("2", "ping")]
    [InlineData("2probe", "ping:probe")]
    [InlineData("3probe", "pong:probe")]
    [InlineData("4hello", "message:hello")]
    [InlineData("4€😀", "message:€😀")]
    [InlineData("5", "upgrade")]
    [InlineData("6", "noop")]
    [InlineData("4a\u001e4b", "message:a\u001e4b")] // a separator means nothing in a frame
    [Trait("Behaviour", "engine.io-parser/test/index.ts:17")]
    public void Text_frame_is_a_digit_and_data(string frame, string expected) =>
        Assert.Equal(expected, Wire.DecodeFrame(Wire.V4, Wire.Utf8(frame), isBinary: false));

    [Theory]
    [Trait("Spec", "EIO-PKT-04")]
    [InlineData("", "!Empty")]
    [InlineData("abc", "!UnknownType")]
    [InlineData("7", "!UnknownType")]
    [InlineData("/", "!UnknownType")]
    [InlineData(" 4", "!UnknownType")]
    [InlineData("€", "!UnknownType")]
    [Trait("Behaviour", "engine.io-parser/test/index.ts:26")]
    public void Malformed_text_frame_is_an_error(string frame, string expected) =>
        Assert.Equal(expected, Wire.DecodeFrame(Wire.V4, Wire.Utf8(frame), isBinary: false));

    [Theory]
    [Trait("Spec", "EIO-PKT-05")]
    [Trait("Spec", "EIO-PKT-10")]
    [InlineData("3")]
    [InlineData("4")]
    public void Digit_alone_has_no_data(string frame)
    {
        Assert.Equal(PacketError.None, Wire.V4.DecodeFrame(Wire.Utf8(frame), isBinary: false, out var packet));
        Assert.True(packet.Data.IsEmpty);
        Assert.False(packet.IsBinary);
    }

    [Theory]
    [Trait("Spec", "EIO-PKT-02")]
    [InlineData("01020304", "message<01020304>")]
    [InlineData("34", "message<34>")]
    [InlineData("", "message<>")]
    [Trait("Behaviour", "engine.io-parser/test/node.ts:15")]
    public void Binary_frame_is_a_message_without_prefix(string hex, string expected) =>
        Assert.Equal(expected, Wire.DecodeFrame(Wire.V4, Wire.Hex(hex), isBinary: true));

    [Theory]
    [Trait("Spec", "EIO-PKT-06")]
    [Trait("Spec", "EIO-PKT-07")]
    [InlineData("b", "message<>")]
    [InlineData("bAQID", "message<010203>")]
    [InlineData("bAQIDBA==", "message<01020304>")]
    [InlineData("bAQIDBA=", "message<01020304>")]
    [InlineData("bAQIDBA", "message<01020304>")]
    [InlineData("bAQIDBAU", "message<0102030405>")]
    [InlineData("b-_8", "message<fbff>")]
    [InlineData("b+/8=", "message<fbff>")]
    [InlineData("b-_-_-_-_AA", "message<fbffbffbffbf00>")]
    [InlineData("bAR", "message<01>")] // surplus bits are dropped, as the reference does
    [Trait("Behaviour", "engine.io-parser/test/node.ts:27")]
    public void Base64_is_accepted_in_both_alphabets_and_without_padding(string text, string expected)
    {
        Assert.Equal(expected, Wire.DecodeFrame(Wire.V4, Wire.Utf8(text), isBinary: false));
        Assert.Equal(expected, Wire.DecodePayload(Wire.V4, Wire.Utf8(text)));
    }

    [Theory]
    [Trait("Spec", "EIO-PKT-06")]
    [InlineData("bA")]
    [InlineData("bAQIDB")]
    [InlineData("b=")]
    [InlineData("b====")]
    [InlineData("bAQID=")]
    [InlineData("bAQ===")]
    [InlineData("bAQ==AQ")]
    [InlineData("bAQ==AQ==")]
    [InlineData("bAQ I")]
    [InlineData("b AQID")]
    [InlineData("bAQID ")]
    [InlineData("bAQID\n")]
    [InlineData("bAQ\r\nID")]
    [InlineData("bAQ!D")]
    [InlineData("b!!!")]
    [InlineData("bA€")]
    public void Garbage_in_base64_is_an_error(string text)
    {
        Assert.Equal("!InvalidBase64", Wire.DecodeFrame(Wire.V4, Wire.Utf8(text), isBinary: false));
        Assert.Equal("!InvalidBase64", Wire.DecodePayload(Wire.V4, Wire.Utf8(text)));
    }

    [Fact]
    public void Frame_is_not_written_to()
    {
        var frame = Wire.Utf8("b-_8");
        Wire.V4.DecodeFrame(frame, isBinary: false, out _);
        Assert.Equal(Wire.Utf8("b-_8"), frame);
    }

    [Theory]
    [Trait("Spec", "EIO-POLL-01")]
    [InlineData("4hello\u001e2\u001e4world", "message:hello ping message:world")]
    [InlineData("4hello\u001ebAQIDBA==", "message:hello message<01020304>")]
    [InlineData("4€", "message:€")]
    [InlineData("6\u001e5\u001e3\u001e0", "noop upgrade pong open")]
    [InlineData("b\u001e4", "message<> message")]
    [InlineData("2probe", "ping:probe")]
    [Trait("Behaviour", "engine.io-parser/test/index.ts:39")]
    [Trait("Behaviour", "engine.io-parser/test/node.ts:99")]
    public void Payload_is_packets_joined_by_the_separator(string body, string expected) =>
        Assert.Equal(expected, Wire.DecodePayload(Wire.V4, Wire.Utf8(body)));

    [Theory]
    [Trait("Spec", "EIO-POLL-02")]
    [Trait("Spec", "EIO-POLL-03")]
    [Trait("Spec", "SEC-EIO-06")]
    [InlineData("", "!Empty")]
    [InlineData("abc", "!UnknownType")]
    [InlineData("4a\u001ex\u001e4b", "message:a !UnknownType")]
    [InlineData("4a\u001ebAQI!\u001e4b", "message:a !InvalidBase64")]
    [InlineData("4a\u001e", "message:a !Empty")]
    [InlineData("\u001e4a", "!Empty")]
    [InlineData("\u001e", "!Empty")]
    [InlineData("\u001e\u001e\u001e", "!Empty")]
    [InlineData("4a\u001e\u001e4b", "message:a !Empty")]
    [Trait("Behaviour", "engine.io-parser/test/index.ts:54")]
    public void Payload_ends_at_its_first_malformed_packet(string body, string expected) =>
        Assert.Equal(expected, Wire.DecodePayload(Wire.V4, Wire.Utf8(body)));

    [Theory]
    [Trait("Spec", "SEC-EIO-06")]
    [InlineData("34ff")] // no such byte
    [InlineData("34c3")] // cut short
    [InlineData("34c328")] // no continuation
    [InlineData("34c0af")] // overlong
    [InlineData("34eda080")] // surrogate
    [InlineData("34f4908080")] // beyond U+10FFFF
    [InlineData("34611e34ff")] // nothing of such a payload is delivered
    [InlineData("34e21e82ac")] // a character split by a separator
    public void Payload_that_is_not_utf8_is_refused_whole(string hex) =>
        Assert.Equal("!InvalidUtf8", Wire.DecodePayload(Wire.V4, Wire.Hex(hex)));

    [Theory]
    [Trait("Spec", "SEC-EIO-01")]
    [InlineData("2\u001e2\u001e2", 3, "ping ping ping")]
    [InlineData("2\u001e2\u001e2", 2, "ping ping !TooManyPackets")]
    [InlineData("2\u001e2\u001ex", 2, "ping ping !TooManyPackets")]
    [InlineData("2", 0, "!TooManyPackets")]
    public void Packets_of_a_payload_are_capped(string body, int maxPackets, string expected) =>
        Assert.Equal(expected, Wire.DecodePayload(Wire.V4, Wire.Utf8(body), maxPackets: maxPackets));

    [Theory]
    [Trait("Spec", "EIO-PKT-03")]
    [Trait("Spec", "EIO-POLL-01")]
    [InlineData("4hello 2 4world", "4hello\u001e2\u001e4world")]
    [InlineData("4hello <01020304>", "4hello\u001ebAQIDBA==")]
    [InlineData("4€ <01020304>", "4€\u001ebAQIDBA==")]
    [InlineData("<> 4", "b\u001e4")]
    [InlineData("<fbff> 6 2probe", "b+/8=\u001e6\u001e2probe")]
    [InlineData("<070707070707070707070707>", "bBwcHBwcHBwcHBwcH")]
    [Trait("Behaviour", "engine.io-parser/test/index.ts:39")]
    [Trait("Behaviour", "engine.io-parser/test/node.ts:99")]
    public void Payload_is_encoded_as_the_reference_does(string frames, string expected)
    {
        foreach (bool supportsBinary in new[] { true, false })
        {
            var (isBinary, body) = Wire.Encode(Wire.V4, Wire.Frames(frames), supportsBinary);
            Assert.False(isBinary);
            Assert.Equal(Wire.Utf8(expected), body);
        }
    }

    [Fact]
    [Trait("Spec", "EIO-PKT-03")]
    [Trait("Behaviour", "engine.io-parser/test/node.ts:27")]
    public void Binary_frame_becomes_base64_where_the_peer_wants_text()
    {
        var frame = Wire.V4.ToWebSocketFrame(EngineFrame.Binary(Wire.Hex("01020304")), supportsBinary: false);
        Assert.False(frame.IsBinary);
        Assert.Equal(EnginePacketType.Message, frame.Type);
        Assert.Equal(Wire.Utf8("bAQIDBA=="), frame.Bytes.ToArray());
    }

    [Theory]
    [InlineData("4hello", true)]
    [InlineData("4hello", false)]
    [InlineData("<01>", true)]
    [Trait("Behaviour", "engine.io-parser/test/node.ts:15")]
    public void Other_frames_stay_as_they_are(string cell, bool supportsBinary)
    {
        var frame = Wire.Frames(cell)[0];
        Assert.Equal(frame, Wire.V4.ToWebSocketFrame(frame, supportsBinary));
    }
}
