namespace EngineIO.Core.Tests;

public sealed class EngineFrameTests
{
    [Fact]
    public void Fixed_frames_are_as_the_protocol_writes_them()
    {
        Assert.Equal("2"u8, EngineFrame.Ping.Bytes.Span);
        Assert.Equal("3"u8, EngineFrame.Pong.Bytes.Span);
        Assert.Equal("3probe"u8, EngineFrame.ProbePong.Bytes.Span);
        Assert.Equal("1"u8, EngineFrame.Close.Bytes.Span);
        Assert.Equal("6"u8, EngineFrame.Noop.Bytes.Span);
        Assert.Equal(EnginePacketType.Pong, EngineFrame.ProbePong.Type);
    }

    [Fact]
    [Trait("Spec", "EIO-PKT-01")]
    public void Message_is_prefixed_and_utf8()
    {
        Assert.Equal(Wire.Utf8("4€"), EngineFrame.Message("€").Bytes.ToArray());
        Assert.Equal(Wire.Utf8("4"), EngineFrame.Message("").Bytes.ToArray());
        Assert.Equal(Wire.Utf8("4\uFFFD"), EngineFrame.Message("\ud83d").Bytes.ToArray());
        Assert.Equal(Wire.Utf8("4hi"), EngineFrame.Message(new EngineMessage("hi"u8.ToArray(), isBinary: false)).Bytes.ToArray());
    }

    [Fact]
    public void Binary_message_is_copied_from_a_received_one()
    {
        byte[] received = [1, 2];
        var frame = EngineFrame.Message(new EngineMessage(received, isBinary: true));
        received[0] = 9;
        Assert.True(frame.IsBinary);
        Assert.Equal([1, 2], frame.Bytes.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("b")]
    [InlineData("hello")]
    public void Text_without_a_type_is_refused(string text) =>
        Assert.Throws<ArgumentException>(() => EngineFrame.Text(Wire.Utf8(text)));

    [Fact]
    [Trait("Spec", "SIO-PKT-04")]
    [Trait("Spec", "SIO4-09")]
    [Trait("Spec", "SIO4-10")]
    [Trait("Behaviour", "engine.io/test/engine.io.js:13")]
    public void There_are_two_revisions()
    {
        Assert.Equal((3, 4), ((int)EngineRevision.V3, (int)EngineRevision.V4));
        Assert.NotSame(Wire.V3, Wire.V4);
        Assert.Same(Wire.V4, EngineCodec.For(EngineRevision.V4));
        Assert.Throws<ArgumentOutOfRangeException>(() => EngineCodec.For((EngineRevision)5));
    }
}
