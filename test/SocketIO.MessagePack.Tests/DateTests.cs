namespace SocketIO.MessagePack.Tests;

public sealed class DateTests
{
    [Theory]
    [Trait("Spec", "SIO-MSG-05")]
    [InlineData("d7000000000000000000", "1970-01-01T00:00:00.000Z")]
    [InlineData("d7000000018bcfe5687b", "2023-11-14T22:13:20.123Z")]
    [InlineData("d700ffffffffffffffff", "1969-12-31T23:59:59.999Z")]
    [InlineData("d7000000e677d21fdbff", "9999-12-31T23:59:59.999Z")]
    [InlineData("d7000000e677d21fdc00", "+010000-01-01T00:00:00.000Z")]
    [InlineData("d700ffffc77590fba000", "0000-01-01T00:00:00.000Z")]
    [InlineData("d700ffffc77590fb9fff", "-000001-12-31T23:59:59.999Z")]
    [InlineData("d700001eb208c2dc0000", "+275760-09-13T00:00:00.000Z")]
    [InlineData("d700ffe14df73d240000", "-271821-04-20T00:00:00.000Z")]
    [InlineData("d6ff00000001", "1970-01-01T00:00:01.000Z")] // MessagePack's own timestamps
    [InlineData("d6ffffffffff", "2106-02-07T06:28:15.000Z")]
    [InlineData("d7ff1d5353006553f100", "2023-11-14T22:13:20.123Z")]
    [InlineData("c70cff0754d4c0ffffffffffffffff", "1969-12-31T23:59:59.123Z")]
    public void Date_is_text_as_in_JSON(string hex, string text)
    {
        Assert.Equal($"\"{text}\"", Wire.Read(hex));
        Assert.Equal($"Event / [\"e\",\"{text}\"]", Wire.Decode(Wire.Event(hex)));
    }

    [Theory]
    [Trait("Spec", "SIO-MSG-05")]
    [InlineData("d700001eb208c2dc0001")]
    [InlineData("d700ffe14df73d23ffff")]
    [InlineData("d7007fffffffffffffff")]
    [InlineData("d7008000000000000000")]
    [InlineData("c70cff000000007fffffffffffffff")]
    [InlineData("c70cff000000008000000000000000")]
    public void Date_beyond_JavaScripts_is_null(string hex) => Assert.Equal("null", Wire.Read(hex));

    [Fact]
    [Trait("Spec", "SIO-MSG-05")]
    public void Dates_bind_and_are_written_as_text()
    {
        var expected = new DateTimeOffset(2023, 11, 14, 22, 13, 20, 123, TimeSpan.Zero);
        Assert.Equal(expected, Wire.Receive(Wire.Event("d7000000018bcfe5687b")).Get<DateTimeOffset>(0));
        Assert.Equal("""Event / ["e","2023-11-14T22:13:20.123Z"]""", Wire.Decode(Wire.EncodeEvent("e", expected)));
    }
}
