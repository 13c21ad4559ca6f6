namespace EngineIO.Core.Tests;

public sealed class EngineHandshakeDataTests
{
    private static EngineHandshakeData Default { get; } =
        new("AAAAAAAAAAAAAAAAAAAA", ["websocket"], TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(20), maxPayload: 1_000_000);

    [Fact]
    [Trait("Spec", "EIO-HS-01")]
    public void Open_packet_is_byte_exact()
    {
        var frame = Default.ToFrame();
        const string Expected = "0{\"sid\":\"AAAAAAAAAAAAAAAAAAAA\",\"upgrades\":[\"websocket\"],"
            + "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}";
        Assert.Equal(Expected, System.Text.Encoding.UTF8.GetString(frame.Bytes.Span));
        Assert.Equal(118, frame.Bytes.Length);
        Assert.Equal(EnginePacketType.Open, frame.Type);
    }

    [Fact]
    [Trait("Spec", "EIO-HS-02")]
    [Trait("Spec", "EIO-HS-05")]
    public void Numbers_are_integers_and_custom_ids_are_escaped()
    {
        var data = new EngineHandshakeData(
            "a\"é", ["websocket", "webtransport"], TimeSpan.FromMilliseconds(300.9), TimeSpan.FromMilliseconds(200), maxPayload: 10);
        const string Expected = "0{\"sid\":\"a\\\"é\",\"upgrades\":[\"websocket\",\"webtransport\"],"
            + "\"pingInterval\":300,\"pingTimeout\":200,\"maxPayload\":10}";
        Assert.Equal(Expected, System.Text.Encoding.UTF8.GetString(data.ToFrame().Bytes.Span));
    }

    [Fact]
    [Trait("Spec", "EIO-HS-03")]
    public void No_upgrades_is_an_empty_array()
    {
        var data = new EngineHandshakeData("S", [], TimeSpan.Zero, TimeSpan.Zero);
        Assert.Equal(
            "0{\"sid\":\"S\",\"upgrades\":[],\"pingInterval\":0,\"pingTimeout\":0}",
            System.Text.Encoding.UTF8.GetString(data.ToFrame().Bytes.Span));
    }

    [Fact]
    public void What_is_written_can_be_read()
    {
        Assert.True(EngineHandshakeData.TryParse(Default.ToFrame().Bytes.Span[1..], out var data));
        Assert.Equal(Default.Sid, data.Sid);
        Assert.Equal(Default.Upgrades, data.Upgrades);
        Assert.Equal(Default.PingInterval, data.PingInterval);
        Assert.Equal(Default.PingTimeout, data.PingTimeout);
        Assert.Equal(Default.MaxPayload, data.MaxPayload);
    }

    [Theory]
    [Trait("Spec", "EIO-HS-05")]
    [Trait("Spec", "EIO-HS-11")]
    [InlineData("""{"sid":"S","pingInterval":1,"pingTimeout":2}""")]
    [InlineData("""{"sid":"S","upgrades":[],"pingInterval":1,"pingTimeout":2,"maxPayload":null}""")]
    [InlineData("""{"x":{"sid":[1,{}]},"pingTimeout":2.0,"sid":"S","y":[[]],"pingInterval":1,"z":null}""")]
    [InlineData(""" { "pingTimeout" : 2 , "sid" : "\u0053" , "pingInterval" : 1e0 } """)]
    [InlineData("""{"sid":"X","sid":"S","pingInterval":1,"pingTimeout":2}""")]
    public void Other_servers_are_understood(string json)
    {
        Assert.True(EngineHandshakeData.TryParse(Wire.Utf8(json), out var data));
        Assert.Equal("S", data.Sid);
        Assert.Empty(data.Upgrades);
        Assert.Equal(TimeSpan.FromMilliseconds(1), data.PingInterval);
        Assert.Equal(TimeSpan.FromMilliseconds(2), data.PingTimeout);
        Assert.Null(data.MaxPayload);
    }

    [Theory]
    [Trait("Spec", "SEC-EIO-06")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"sid\"")]
    [InlineData("""{"sid":"S","pingInterval":1}""")]
    [InlineData("""{"sid":"","pingInterval":1,"pingTimeout":2}""")]
    [InlineData("""{"sid":1,"pingInterval":1,"pingTimeout":2}""")]
    [InlineData("""{"sid":{"a":1},"pingInterval":1,"pingTimeout":2}""")]
    [InlineData("""{"sid":"\ud800","pingInterval":1,"pingTimeout":2}""")]
    [InlineData("""{"sid":"S","upgrades":"websocket","pingInterval":1,"pingTimeout":2}""")]
    [InlineData("""{"sid":"S","upgrades":[1],"pingInterval":1,"pingTimeout":2}""")]
    [InlineData("""{"sid":"S","upgrades":[["a"]],"pingInterval":1,"pingTimeout":2}""")]
    [InlineData("""{"sid":"S","pingInterval":-1,"pingTimeout":2}""")]
    [InlineData("""{"sid":"S","pingInterval":"1","pingTimeout":2}""")]
    [InlineData("""{"sid":"S","pingInterval":1e300,"pingTimeout":2}""")]
    [InlineData("""{"sid":"S","pingInterval":1e999,"pingTimeout":2}""")]
    [InlineData("""{"sid":"S","pingInterval":1,"pingTimeout":2}x""")]
    [InlineData("""{"sid":"S","pingInterval":1,"pingTimeout":2,}""")]
    public void Anything_else_is_refused(string json)
    {
        Assert.False(EngineHandshakeData.TryParse(Wire.Utf8(json), out var data));
        Assert.Null(data);
    }

    [Fact]
    [Trait("Spec", "SEC-EIO-06")]
    public void Bytes_that_are_not_utf8_are_refused() =>
        Assert.False(EngineHandshakeData.TryParse(
            [.. "{\"pingInterval\":1,\"pingTimeout\":2,\"sid\":\""u8, 0xFF, .. "\"}"u8], out _));

    [Fact]
    [Trait("Spec", "SEC-EIO-06")]
    public void Deep_nesting_is_refused() =>
        Assert.False(EngineHandshakeData.TryParse(Wire.Utf8("{\"x\":" + new string('[', 100_000)), out _));
}
