using System.Diagnostics;
using System.Text;

namespace Conformance.Tests.Engine4;

/// <summary>A hostile client loses its own connection and nothing else.</summary>
public sealed class HostileTests(ConformanceServers servers) : ModeTests(servers, "eio4", "/engine.io/")
{
    public static TheoryData<string, string> BadFrames => new()
    {
        { "RSV1", Hex(RawWebSocket.Frame(WebSocketOpcode.Text, "4x"u8, reservedBits: 4)) },
        { "RSV2", Hex(RawWebSocket.Frame(WebSocketOpcode.Text, "4x"u8, reservedBits: 2)) },
        { "RSV3", Hex(RawWebSocket.Frame(WebSocketOpcode.Text, "4x"u8, reservedBits: 1)) },
        { "reserved opcode 3", Hex(RawWebSocket.Frame((WebSocketOpcode)3, "4x"u8)) },
        { "reserved opcode 11", Hex(RawWebSocket.Frame((WebSocketOpcode)11, default)) },
        { "unmasked", Hex(RawWebSocket.Frame(WebSocketOpcode.Text, "4hello"u8, masked: false)) },
        { "long control frame", Hex(RawWebSocket.Frame(WebSocketOpcode.Ping, new byte[126])) },
        { "fragmented control frame", Hex(RawWebSocket.Frame(WebSocketOpcode.Ping, "x"u8, final: false)) },
        { "continuation of nothing", Hex(RawWebSocket.Frame(WebSocketOpcode.Continuation, "4x"u8)) },
        {
            "new message inside a fragmented one",
            Hex([.. RawWebSocket.Frame(WebSocketOpcode.Text, "4x"u8, final: false), .. RawWebSocket.Frame(WebSocketOpcode.Text, "4x"u8)])
        },
        { "close frame of one byte", Hex(RawWebSocket.Frame(WebSocketOpcode.Close, [3])) },
        { "close frame with status 1005", Hex(RawWebSocket.Frame(WebSocketOpcode.Close, [0x03, 0xED])) },
    };

    [Theory]
    [Trait("Spec", "SEC-HS-03")]
    [MemberData(nameof(BadFrames))]
    public async Task Illegal_frame_closes_with_1002(string name, string hex)
    {
        Assert.NotEmpty(name);
        await using var client = await OpenWebSocketAsync();

        await client.WebSocket.Wire.WriteAsync(Convert.FromHexString(hex));

        var end = await client.ReceiveEndAsync();
        Assert.Equal(WebSocketOpcode.Close, end.Opcode);
        Assert.Equal(1002, end.CloseCode);
        await AssertClosedAsync($"{Path}?EIO=4&transport=polling&sid={client.Sid}");
    }

    [Theory]
    [Trait("Spec", "SEC-HS-03")]
    [Trait("Spec", "SEC-EIO-04")]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    [InlineData(int.MaxValue + 1L)]
    public async Task Announced_length_beyond_the_limit_takes_no_memory_and_ends_in_time(long length)
    {
        await using var client = await OpenWebSocketAsync();
        byte[] frame = [0x82, 0xFF, .. BitConverter.GetBytes(System.Net.IPAddress.HostToNetworkOrder(length)), 1, 2, 3, 4, 5];

        await client.WebSocket.Wire.WriteAsync(frame);

        // The reference refuses what is announced, at once. We count what comes, and here the heartbeat ends it.
        var end = await client.WebSocket.ReceiveEndAsync();
        Assert.Contains(end.CloseCode, ConformanceServers.IsReference ? (int?[])[1002, 1009] : [1002, 1009, null]);
        await AssertClosedAsync($"{Path}?EIO=4&transport=polling&sid={client.Sid}");
    }

    [Fact]
    [Trait("Spec", "SEC-EIO-04")]
    [Trait("Spec", "EIO-WS-05")]
    public async Task Endless_fragments_are_limited_by_their_sum()
    {
        await using var client = await OpenWebSocketAsync();
        byte[] first = RawWebSocket.Frame(WebSocketOpcode.Text, Encoding.ASCII.GetBytes("4" + new string('x', 99_999)), final: false);
        byte[] more = RawWebSocket.Frame(WebSocketOpcode.Continuation, new byte[100_000], final: false);
        await client.WebSocket.Wire.WriteAsync(first);
        try
        {
            for (int i = 0; i < 10; i++)
                await client.WebSocket.Wire.WriteAsync(more);
        }
        catch (System.Net.Sockets.SocketException)
        {
            // The server does not read to the end of what it refuses.
        }

        var end = await client.WebSocket.ReceiveEndAsync();
        Assert.True(end.CloseCode == 1009 || end.Opcode == WebSocketOpcode.Lost, end.ToString());
        await AssertClosedAsync($"{Path}?EIO=4&transport=polling&sid={client.Sid}");
    }

    [Fact]
    [Trait("Spec", "SEC-EIO-04")]
    public async Task Hundred_thousand_empty_fragments_are_one_message()
    {
        await using var client = await OpenWebSocketAsync();
        byte[] empty = RawWebSocket.Frame(WebSocketOpcode.Continuation, default, final: false);
        await client.WebSocket.SendFrameAsync(WebSocketOpcode.Text, "4x"u8.ToArray(), final: false);

        await client.WebSocket.Wire.WriteAsync(Enumerable.Repeat(empty, 100_000).SelectMany(frame => frame).ToArray());
        await client.WebSocket.SendFrameAsync(WebSocketOpcode.Continuation, default);

        // The reference counts fragments and gives up; what matters is that it ends soon.
        var frame = await client.ReceiveAsync();
        Assert.True(frame.IsEnd || frame.Text == "4x", frame.ToString());
        await AssertServingAsync();
    }

    [Theory]
    [Trait("Spec", "SEC-EIO-01")]
    [InlineData("3")]
    [InlineData("6")]
    [InlineData("4")]
    public async Task Megabyte_of_the_smallest_packets_is_read_in_linear_time(string packet)
    {
        await using var client = await OpenPollingAsync();
        string payload = string.Join('\u001e', Enumerable.Repeat(packet, 499_999));
        var watch = Stopwatch.StartNew();

        var response = await client.PostAsync(payload);

        Assert.Contains(response.Status, (int[])[200, 400, 413]);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"It took {watch.Elapsed}.");
        await AssertServingAsync();
    }

    [Theory]
    [Trait("Spec", "SEC-HS-02")]
    [InlineData("?EIO=4&transport=websocket")]
    [InlineData("?EIO=4&transport=websocket&sid=unknown")]
    [InlineData("?EIO=4&transport=udp")]
    public async Task Upgrade_then_immediate_reset_harms_nothing(string query)
    {
        for (int i = 0; i < 20; i++)
        {
            await using var http = await RawHttp.ConnectAsync(Server);
            await http.SendAsync("GET", Path + query, (byte[]?)null, RawWebSocket.UpgradeHeaders());
            http.Wire.Reset();
        }

        await AssertServingAsync();
    }

    [Theory]
    [Trait("Spec", "SEC-HS-08")]
    [InlineData("Content-Length", "1000001")]
    [InlineData("Content-Length", "99999999999")]
    public async Task Announced_body_over_the_limit_is_not_waited_for(string name, string value)
    {
        OursOnly("EIO-POLL-14: the reference counts what has come, not what is announced");
        await using var client = await OpenPollingAsync();
        await using var http = await RawHttp.ConnectAsync(Server);

        await http.SendHeadAsync("POST", client.Target, (name, value));

        Assert.Equal(413, (await http.ReadAsync()).Status);
        await client.SendAsync("4alive");
        Assert.Equal("4alive", await client.ReceiveAsync());
    }

    [Fact]
    [Trait("Spec", "SEC-HS-08")]
    [Trait("Spec", "EIO-POLL-14")]
    public async Task Endless_chunked_body_is_refused_at_the_limit()
    {
        await using var client = await OpenPollingAsync();
        await using var http = await RawHttp.ConnectAsync(Server);
        await http.SendHeadAsync("POST", client.Target, ("Transfer-Encoding", "chunked"));
        byte[] chunk = new byte[100_001];
        for (int i = 0; i < 10; i++)
            await http.SendChunkAsync(chunk);

        Assert.Equal(413, (await http.ReadAsync()).Status);
        await client.SendAsync("4alive");
        Assert.Equal("4alive", await client.ReceiveAsync());
    }

    [Fact]
    [Trait("Spec", "SEC-EIO-06")]
    public async Task Invalid_utf8_in_a_post_harms_nobody_else()
    {
        await using var client = await OpenPollingAsync();

        var response = await client.PostAsync([(byte)'4', 0xC3, 0x28]);

        // The reference replaces what is not UTF-8; we refuse it.
        Assert.Contains(response.Status, (int[])[200, 400]);
        if (!ConformanceServers.IsReference)
            await AssertClosedAsync(client.Target);
        await AssertServingAsync();
    }

    [Theory]
    [Trait("Spec", "SIO-LIM-05")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET /engine.io/?EIO=4&transport=polling HTTP/9.9\r\nHost: x\r\n\r\n")]
    [InlineData("\0\0\0\0\r\n\r\n")]
    [InlineData("POST /engine.io/?EIO=4&transport=polling&sid=x HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("POST /engine.io/?EIO=4&transport=polling&sid=x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("GET /engine.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")]
    [InlineData("GET /engine.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n")]
    public async Task Broken_requests_harm_nothing(string request)
    {
        await using var http = await RawHttp.ConnectAsync(Server);
        await http.Wire.WriteAsync(request);
        http.Wire.ShutdownSend();
        await http.Wire.ReadToEndAsync();

        await AssertServingAsync();
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);
}
