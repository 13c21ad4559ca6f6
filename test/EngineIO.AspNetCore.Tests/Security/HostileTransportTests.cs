using System.Diagnostics;
using System.Text;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Security;

/// <summary>Frames, packets and payloads that no client writes: their session ends, and nothing else does.</summary>
public sealed class HostileTransportTests
{
    private const string Secret = EngineNeighbourhood.Secret;

    public static TheoryData<string, string> BadFrames => new()
    {
        { "RSV1 that was not negotiated", Hex(RawWebSocket.Frame(WebSocketOpcode.Text, Payload, reservedBits: 4)) },
        { "RSV2", Hex(RawWebSocket.Frame(WebSocketOpcode.Text, Payload, reservedBits: 2)) },
        { "RSV3", Hex(RawWebSocket.Frame(WebSocketOpcode.Text, Payload, reservedBits: 1)) },
        { "all RSV bits", Hex(RawWebSocket.Frame(WebSocketOpcode.Binary, Payload, reservedBits: 7)) },
        { "reserved opcode 3", Hex(RawWebSocket.Frame((WebSocketOpcode)3, Payload)) },
        { "reserved opcode 7", Hex(RawWebSocket.Frame((WebSocketOpcode)7, Payload)) },
        { "reserved opcode 11", Hex(RawWebSocket.Frame((WebSocketOpcode)11, default)) },
        { "reserved opcode 15", Hex(RawWebSocket.Frame((WebSocketOpcode)15, Payload)) },
        { "unmasked text", Hex(RawWebSocket.Frame(WebSocketOpcode.Text, Payload, masked: false)) },
        { "unmasked ping", Hex(RawWebSocket.Frame(WebSocketOpcode.Ping, Payload, masked: false)) },
        { "long ping", Hex(RawWebSocket.Frame(WebSocketOpcode.Ping, new byte[126])) },
        { "long close", Hex(RawWebSocket.Frame(WebSocketOpcode.Close, new byte[126])) },
        { "fragmented ping", Hex(RawWebSocket.Frame(WebSocketOpcode.Ping, "x"u8, final: false)) },
        { "fragmented pong", Hex(RawWebSocket.Frame(WebSocketOpcode.Pong, default, final: false)) },
        { "fragmented close", Hex(RawWebSocket.Frame(WebSocketOpcode.Close, default, final: false)) },
        { "continuation of nothing", Hex(RawWebSocket.Frame(WebSocketOpcode.Continuation, Payload)) },
        { "message in a message", Hex([.. RawWebSocket.Frame(WebSocketOpcode.Text, Payload, final: false), .. RawWebSocket.Frame(WebSocketOpcode.Text, Payload)]) },
    };

    private static byte[] Payload => Encoding.ASCII.GetBytes("4" + Secret);

    [Theory, MemberData(nameof(BadFrames))]
    [Trait("Spec", "SEC-HS-03")]
    public async Task Illegal_frame_is_answered_with_1002(string name, string hex)
    {
        Assert.NotEmpty(name);
        await using var place = await EngineNeighbourhood.StartAsync();
        await using var client = await SocketClient.OpenAsync(place.Address);

        await client.WebSocket.Wire.WriteAsync(Convert.FromHexString(hex));

        Assert.Equal(1002, (await client.WebSocket.ReceiveEndAsync()).CloseCode);
        await place.AssertClosedAloneAsync(CloseReasons.TransportError);
    }

    [Fact]
    [Trait("Spec", "SEC-HS-03")]
    public async Task Illegal_frame_on_a_probe_ends_the_probe()
    {
        await using var place = await EngineNeighbourhood.StartAsync();
        await using var client = await PollingClient.OpenAsync(place.Address);
        await using var probe = await RawWebSocket.ConnectAsync(place.Address, client.UpgradeTarget);

        await probe.SendFrameAsync(WebSocketOpcode.Text, Payload, reservedBits: 4);

        Assert.Equal(1002, (await probe.ReceiveEndAsync()).CloseCode);
        await client.SendAsync("4still here");
        Assert.Equal("4still here", await client.ReceiveAsync());
        await place.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("7" + Secret)]
    [InlineData("\u001e")]
    [InlineData("4\u001e4" + Secret, false)]
    [InlineData("b" + Secret + "!")]
    [InlineData("é")]
    [InlineData("\0")]
    [Trait("Spec", "SEC-EIO-06")]
    public async Task Frame_that_is_no_packet_is_a_parse_error(string packet, bool isClosed = true)
    {
        await using var place = await EngineNeighbourhood.StartAsync();
        await using var client = await SocketClient.OpenAsync(place.Address);

        await client.SendAsync(packet);

        if (isClosed)
        {
            Assert.True((await client.ReceiveEndAsync()).IsEnd);
            await place.AssertClosedAloneAsync(CloseReasons.ParseError);
            return;
        }

        // A frame is one packet: in it the separator is text.
        Assert.Equal(packet, await client.ReceiveTextAsync());
        await place.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData(new byte[] { (byte)'4', 0xC3, 0x28 })]
    [InlineData(new byte[] { (byte)'4', 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xFF })]
    [Trait("Spec", "SEC-EIO-06")]
    public async Task Text_frame_that_is_no_utf8_ends_its_session(byte[] data)
    {
        await using var place = await EngineNeighbourhood.StartAsync();
        await using var client = await SocketClient.OpenAsync(place.Address);

        await client.WebSocket.SendFrameAsync(WebSocketOpcode.Text, data);

        Assert.Equal(1007, (await client.WebSocket.ReceiveEndAsync()).CloseCode);
        await place.AssertClosedAloneAsync(CloseReasons.TransportError);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u001e")]
    [InlineData("\u001e\u001e")]
    [InlineData("\u001e4" + Secret)]
    [InlineData("9" + Secret)]
    [InlineData("bAQID\u001f4")]
    [InlineData("bA=QI")]
    [InlineData("é")]
    [Trait("Spec", "SEC-EIO-06")]
    public Task Payload_that_is_none_is_a_parse_error(string payload) => AssertPostClosesAsync(4, Encoding.UTF8.GetBytes(payload));

    [Theory]
    [InlineData(new byte[] { (byte)'4', 0xC3, 0x28 })]
    [InlineData(new byte[] { (byte)'4', 0x80 })]
    [InlineData(new byte[] { (byte)'4', 0xF8, 0x88, 0x80, 0x80, 0x80 })]
    [Trait("Spec", "SEC-EIO-06")]
    public Task Payload_that_is_no_utf8_is_a_parse_error(byte[] payload) => AssertPostClosesAsync(4, payload);

    [Theory]
    [InlineData("0:")]
    [InlineData("0:4" + Secret)]
    [InlineData("-1:4" + Secret)]
    [InlineData("+3:4ab")]
    [InlineData("1.5:4a")]
    [InlineData("0x2:4a")]
    [InlineData("500:4" + Secret)]
    [InlineData("2147483648:4a")]
    [InlineData("99999999999999999999999999:4a")]
    [InlineData(":4a")]
    [InlineData("4" + Secret)]
    [InlineData("12345")]
    [InlineData("2:4😀")]
    [InlineData("1:😀")]
    [Trait("Spec", "SEC-EIO-02")]
    public Task Revision_3_length_that_lies_is_a_parse_error(string payload) => AssertPostClosesAsync(3, Encoding.UTF8.GetBytes(payload));

    [Theory]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0, 255 })]
    [InlineData(new byte[] { 1, 0, 255 })]
    [InlineData(new byte[] { 0, 9, 255, 4 })]
    [InlineData(new byte[] { 0, 10, 255, 4, 4, 4 })]
    [InlineData(new byte[] { 2, 1, 255, 4 })]
    [InlineData(new byte[] { 0, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 255, 4 })]
    [InlineData(new byte[] { 0, 2, 255, (byte)'4', 0xC3, 0x28 })]
    [Trait("Spec", "SEC-EIO-02")]
    public Task Revision_3_binary_framing_that_lies_is_a_parse_error(byte[] payload) => AssertPostClosesAsync(3, payload, ("Content-Type", "application/octet-stream"));

    [Fact]
    [Trait("Spec", "SEC-EIO-02")]
    public async Task Revision_3_length_of_a_megabyte_of_digits_is_refused_at_once()
    {
        var watch = Stopwatch.StartNew();
        await AssertPostClosesAsync(3, Encoding.ASCII.GetBytes(new string('9', 999_999)));
        Assert.True(watch.Elapsed < Deadline.Default, $"{watch.Elapsed}");
    }

    [Theory]
    [InlineData(4, "3\u001e")]
    [InlineData(3, "1:6")]
    [Trait("Spec", "SEC-EIO-01")]
    public async Task Time_for_the_smallest_packets_grows_with_their_number(int revision, string packet)
    {
        const int Factor = 8;
        await using var place = await EngineNeighbourhood.StartAsync(options => options.MaxPacketsPerPayload = int.MaxValue);
        await using var client = await PollingClient.OpenAsync(place.Address, revision: revision);
        await FastestAsync(1000);

        var few = await FastestAsync(900_000 / packet.Length / Factor);
        var many = await FastestAsync(900_000 / packet.Length);

        // Linear is 8 times as long, quadratic 64.
        Assert.True(many < Math.Max(few.TotalMilliseconds, 5) * Factor * 4 * TimeSpan.FromMilliseconds(1), $"{few} for an eighth of what took {many}");
        Assert.Empty(place.Messages);
        await place.AssertUnharmedAsync();

        async Task<TimeSpan> FastestAsync(int count)
        {
            var payload = string.Concat(Enumerable.Repeat(packet, count)).TrimEnd('\u001e');
            var fastest = TimeSpan.MaxValue;
            for (var i = 0; i < 3; i++)
            {
                var watch = Stopwatch.StartNew();
                Assert.Equal("ok", (await client.PostAsync(payload)).Text);
                if (watch.Elapsed < fastest) fastest = watch.Elapsed;
            }

            return fastest;
        }
    }

    [Theory]
    [InlineData(4, "3\u001e")]
    [InlineData(3, "1:2")]
    [Trait("Spec", "SEC-EIO-01")]
    public Task Packets_of_one_payload_are_capped(int revision, string packet) =>
        AssertPostClosesAsync(revision, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(packet, 990_000 / packet.Length)).TrimEnd('\u001e')));

    [Fact]
    [Trait("Spec", "SEC-EIO-04")]
    public async Task Endless_message_is_cut_at_the_limit()
    {
        await using var place = await EngineNeighbourhood.StartAsync(options => options.MaxHttpBufferSize = 100_000);
        await using var client = await SocketClient.OpenAsync(place.Address);
        await client.WebSocket.SendFrameAsync(WebSocketOpcode.Text, Payload, final: false);
        var fragment = RawWebSocket.Frame(WebSocketOpcode.Continuation, new byte[1000], final: false);

        var end = client.WebSocket.ReceiveEndAsync();
        while (!end.IsCompleted && await TryWriteAsync(fragment))
        {
        }

        Assert.Contains((await end).CloseCode, new int?[] { 1009, null });
        await place.AssertClosedAloneAsync(CloseReasons.TransportError);

        async Task<bool> TryWriteAsync(byte[] data)
        {
            try
            {
                await client.WebSocket.Wire.WriteAsync(data);
                return true;
            }
            catch (System.Net.Sockets.SocketException)
            {
                return false;
            }
        }
    }

    private static async Task AssertPostClosesAsync(int revision, byte[] payload, params (string, string)[] headers)
    {
        await using var place = await EngineNeighbourhood.StartAsync();
        await using var client = await PollingClient.OpenAsync(place.Address, revision: revision);

        await client.PostAsync(payload, headers);

        await place.AssertClosedAloneAsync(CloseReasons.ParseError);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);
}
