using SocketIO.Json;
using SocketIO.Parsing;

namespace SocketIO.MessagePack.Tests;

public sealed class BinaryTests
{
    private const string Lookalike = "82ac5f706c616365686f6c646572c3a36e756d00";

    [Fact]
    [Trait("Spec", "SIO-MSG-04")]
    public void Bytes_stand_where_they_belong()
    {
        // As notepack.io writes two Buffers.
        var hex = Wire.Event("c402010281a16191c400", count: 2);
        Assert.Equal(hex, Wire.EncodeEvent("e", new byte[] { 1, 2 }, new { a = new[] { Array.Empty<byte>() } }));
        Assert.Equal("""Event / ["e",{"_placeholder":true,"num":0},{"a":[{"_placeholder":true,"num":1}]}] <0102> <>""", Wire.Decode(hex));
        Assert.Equal([1, 2], Wire.Receive(hex).Get<byte[]>(0)!);
        Assert.Empty(Assert.Single(Wire.Receive(hex).Get<Box>(1)!.a));
    }

    [Theory]
    [Trait("Spec", "SIO-MSG-04")]
    [InlineData(255, "c4ff")]
    [InlineData(256, "c50100")]
    [InlineData(65535, "c5ffff")]
    [InlineData(65536, "c600010000")]
    public void Bytes_of_any_length(int length, string head)
    {
        var hex = Wire.EncodeEvent("e", new byte[length]);
        Assert.Contains("92a165" + head + "00", hex, StringComparison.Ordinal);
        Assert.Equal(length, Wire.Receive(hex).Get<byte[]>(0)!.Length);
    }

    [Theory]
    [Trait("Spec", "SIO-MSG-04")]
    [InlineData("c702000102", "0102")]
    [InlineData("c70000", "")]
    [InlineData("c7010001", "01")]
    [InlineData("c708000102030405060708", "0102030405060708")]
    [InlineData("c80002000102", "0102")]
    [InlineData("c900000002000102", "0102")]
    [InlineData("c50001ff", "ff")]
    [InlineData("c600000001ff", "ff")]
    public void Typed_arrays_are_bytes(string value, string bytes) =>
        Assert.Equal($$"""Event / ["e",{"_placeholder":true,"num":0}] <{{bytes}}>""", Wire.Decode(Wire.Event(value)));

    [Fact]
    public void Received_bytes_have_memory_of_their_own()
    {
        var message = Wire.Bytes(Wire.Event("c4020102"));
        var state = default(DecoderState);
        Wire.Parser.Decode(new(message, isBinary: true), ref state, out var packet);
        Array.Clear(message);
        Assert.Equal("""["e",{"_placeholder":true,"num":0}] <0102>""", Wire.Show(packet.Data));
    }

    [Fact]
    public void Bytes_of_a_connection_are_base64() =>
        Assert.Equal("""Connect / {"token":"AQI="}""", Wire.Decode("83a47479706500a46461746181a5746f6b656ec4020102a36e7370a12f"));

    [Fact]
    public void How_often_a_packet_may_have_bytes_is_an_option()
    {
        var parser = new MessagePackPacketParser(new() { MaxAttachments = 2 });
        Assert.StartsWith("Event", Wire.Decode(parser, Wire.Bytes(Wire.Event("c400c400", count: 2))), StringComparison.Ordinal);
        Assert.Equal("!too many attachments", Wire.Decode(parser, Wire.Bytes(Wire.Event("c400c400c400", count: 3))));
        Assert.StartsWith("Event", Wire.Decode(Wire.Event(string.Concat(Enumerable.Repeat("c400", 13)), count: 13)), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "SEC-SIO-04")]
    public void An_object_that_looks_like_a_placeholder_is_an_object()
    {
        var hex = Wire.Event(Lookalike);
        Assert.Equal("""Event / ["e",{"_placeholder":true,"num":0}]""", Wire.Decode(hex));
        Assert.Throws<EventBindingException>(() => Wire.Receive(hex).Get<byte[]>(0));
        Assert.Equal(hex, Wire.EncodeEvent("e", new Dictionary<string, object> { ["_placeholder"] = true, ["num"] = 0 }));
        Assert.Equal(hex, Wire.EncodeEvent("e", Wire.Receive(hex).ToArray()));
    }

    [Theory]
    [Trait("Spec", "SEC-SIO-04")]
    [InlineData(Lookalike + "c40109")]
    [InlineData("c40109" + Lookalike)]
    [InlineData("c4010981a178" + "81ac5f706c616365686f6c646572c3")]
    public void It_never_stands_for_the_bytes_of_another(string arguments) =>
        Assert.Equal("!illegal attachments", Wire.Decode(Wire.Event(arguments, count: 2)));

    [Theory]
    [Trait("Spec", "SEC-SIO-04")]
    [InlineData("82ac5f706c616365686f6c646572c2a36e756d00")]
    [InlineData("82ac5f706c616365686f6c64657201a36e756d00")]
    [InlineData("82ac5f706c616365686f6c646572c3ac5f706c616365686f6c646572c2")]
    [InlineData("81a36e756d00")]
    public void What_does_not_quite_look_like_one_passes(string value) =>
        Assert.StartsWith("Event /", Wire.Decode(Wire.Event(value + "c40109", count: 2)), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"_placeholder":true,"num":0}""", "c40107")]
    [InlineData("""{"num":0,"x":[{},{"_placeholder":true,"num":0}],"_placeholder":true}""", "c40107")]
    [InlineData("""[{"_placeholder":true,"num":0,"x":[[]]},[],{"a":[]}]""", "93c401079081a16190")]
    [InlineData("""[{"_placeholder":true,"num":1}]""", "9182ac5f706c616365686f6c646572c3a36e756d01")]
    [InlineData("""[{"_placeholder":true,"num":-1}]""", "9182ac5f706c616365686f6c646572c3a36e756dff")]
    [InlineData("""[{"_placeholder":true}]""", "9181ac5f706c616365686f6c646572c3")]
    public void Placeholders_are_replaced_where_they_have_bytes(string json, string hex) => Assert.Equal(hex, Wire.Write(json, [7]));

    [Fact]
    public void A_payload_goes_there_and_back()
    {
        var payload = PayloadSerializer.Default.SerializeEvent("e", [new byte[] { 1 }, new { a = new byte[] { 2 }, b = "é" }]);
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        MessagePackPayload.Write(payload, output);
        Assert.True(MessagePackPayload.TryRead(output.WrittenMemory, out var back));
        Assert.Equal(Wire.Show(payload), Wire.Show(back));
        Assert.False(MessagePackPayload.TryRead(output.WrittenMemory[..^1], out _));
        Assert.False(MessagePackPayload.TryRead(Wire.Bytes("0000"), out _));
    }

#pragma warning disable IDE1006 // As it is on the wire.
    private sealed record Box(byte[][] a);
#pragma warning restore IDE1006
}
