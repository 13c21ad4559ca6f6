using System.Text;

namespace Conformance.Tests.Engine4;

public sealed class WebSocketTests(ConformanceServers servers) : ModeTests(servers, "eio4", "/engine.io/")
{
    [Fact]
    [Trait("Spec", "EIO-WS-01")]
    public async Task Every_packet_is_a_message_of_its_own()
    {
        await using var client = await OpenWebSocketAsync();
        await client.WebSocket.Wire.WriteAsync((byte[])
        [
            .. RawWebSocket.Frame(WebSocketOpcode.Text, "4a"u8),
            .. RawWebSocket.Frame(WebSocketOpcode.Text, "4b\u001e4c"u8),
            .. RawWebSocket.Frame(WebSocketOpcode.Binary, [1]),
            .. RawWebSocket.Frame(WebSocketOpcode.Text, "4d"u8),
        ]);

        Assert.Equal("4a", await client.ReceiveTextAsync());
        Assert.Equal("4b\u001e4c", await client.ReceiveTextAsync());
        Assert.Equal([1], (await client.ReceiveAsync()).Data);
        Assert.Equal("4d", await client.ReceiveTextAsync());
    }

    [Theory]
    [Trait("Spec", "EIO-WS-02")]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Fragments_are_put_together_around_control_frames(int size)
    {
        await using var client = await OpenWebSocketAsync();
        byte[] message = Encoding.UTF8.GetBytes("42[\"😀é\"]");
        for (int i = 0; i < message.Length; i += size)
        {
            byte[] piece = message[i..Math.Min(i + size, message.Length)];
            await client.WebSocket.SendFrameAsync(
                i == 0 ? WebSocketOpcode.Text : WebSocketOpcode.Continuation, piece, final: i + size >= message.Length);
            if (i == 0)
                await client.WebSocket.SendFrameAsync(WebSocketOpcode.Pong, default);
        }

        Assert.Equal("42[\"😀é\"]", await client.ReceiveTextAsync());
    }

    [Fact]
    [Trait("Spec", "EIO-WS-04")]
    public async Task Binary_leaves_as_base64_when_the_query_asks_for_it()
    {
        await using var client = await OpenWebSocketAsync("&b64=1");

        await client.SendAsync(1, 2, 3);
        await client.SendAsync("bBAUG");

        Assert.Equal("bAQID", await client.ReceiveTextAsync());
        Assert.Equal("bBAUG", await client.ReceiveTextAsync());
    }

    [Theory]
    [Trait("Spec", "EIO-WS-06")]
    [Trait("Spec", "SEC-EIO-06")]
    [InlineData("34C3")]
    [InlineData("34FF")]
    [InlineData("34EDA080")]
    [InlineData("34C080")]
    public async Task Invalid_utf8_closes_with_1007(string hex)
    {
        await using var client = await OpenWebSocketAsync();

        await client.WebSocket.SendFrameAsync(WebSocketOpcode.Text, Convert.FromHexString(hex));

        Assert.Equal(1007, (await client.ReceiveEndAsync()).CloseCode);
        await AssertGoneAsync(client);
    }

    [Theory]
    [Trait("Spec", "EIO-WS-08")]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(null)]
    public async Task Close_frame_of_the_peer_ends_the_session(int? code)
    {
        await using var client = await OpenWebSocketAsync();

        await client.WebSocket.SendCloseAsync((ushort?)code);

        var end = await client.WebSocket.ReceiveEndAsync();
        Assert.Equal(WebSocketOpcode.Close, end.Opcode);
        Assert.Equal(code, end.CloseCode);
        await client.WebSocket.DisposeAsync();
        await AssertGoneAsync(client);
    }

    [Theory]
    [Trait("Spec", "EIO-WS-08")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Loss_of_the_connection_ends_the_session(bool reset)
    {
        await using var client = await OpenWebSocketAsync();

        if (reset)
            client.WebSocket.Reset();
        else
            client.WebSocket.Wire.ShutdownSend();

        await AssertGoneAsync(client);
    }

    [Theory]
    [Trait("Spec", "EIO-WS-09")]
    [InlineData("chat", "chat")]
    [InlineData("first, second", "first")]
    [InlineData(null, null)]
    public async Task First_offered_protocol_is_taken(string? offered, string? taken)
    {
        await using var client = await SocketClient.OpenAsync(
            Server, Path, headers: offered is null ? [] : [("Sec-WebSocket-Protocol", offered)]);

        Assert.Equal(taken, client.WebSocket.Upgrade.Header("sec-websocket-protocol"));
        await client.SendAsync("4x");
        Assert.Equal("4x", await client.ReceiveTextAsync());
    }

    [Fact]
    [Trait("Spec", "EIO-WS-10")]
    [Trait("Spec", "SEC-EIO-05")]
    public async Task Compression_is_off_by_default_although_the_client_offers_it()
    {
        await using var client = await SocketClient.OpenAsync(
            Server, Path, headers: [("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits")]);

        Assert.Null(client.WebSocket.Upgrade.Header("sec-websocket-extensions"));
        await client.SendAsync("4" + new string('x', 3000));
        var frame = await client.ReceiveAsync();
        Assert.Equal(0, frame.ReservedBits);
        Assert.Equal(3001, frame.Data.Length);
    }

    [Fact]
    [Trait("Spec", "EIO-WS-12")]
    public async Task Upgrade_with_the_polling_transport_makes_no_session()
    {
        await using var http = await RawHttp.ConnectAsync(Server);
        await http.SendAsync("GET", Path + "?EIO=4&transport=polling", (byte[]?)null, RawWebSocket.UpgradeHeaders());
        var response = await http.ReadAsync();

        // The reference accepts the WebSocket and closes it at once.
        Assert.Equal(ConformanceServers.IsReference ? 101 : 400, response.Status);
    }

    [Fact]
    [Trait("Spec", "EIO-WS-13")]
    public async Task Close_packet_ends_the_session()
    {
        await using var client = await OpenWebSocketAsync();

        await client.SendAsync("1");

        // The reference ignores the packet, and the missing pong ends the session.
        var end = ConformanceServers.IsReference ? await client.WebSocket.ReceiveEndAsync() : await client.ReceiveEndAsync();
        Assert.Equal("close without status", end.ToString());
        await AssertGoneAsync(client);
    }

    [Theory]
    [Trait("Spec", "EIO-WS-14")]
    [Trait("Spec", "SEC-HS-02")]
    [InlineData("test")]
    [InlineData("test of early data")]
    [Trait("Behaviour", "engine.io/test/server.js:174")]
    public async Task Early_data_behind_the_upgrade_request_harms_nothing(string data)
    {
        await using var http = await RawHttp.ConnectAsync(Server);
        var headers = RawWebSocket.UpgradeHeaders();
        string head = $"GET {Path}?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\n"
            + string.Concat(headers.Select(header => $"{header.Name}: {header.Value}\r\n")) + "\r\n";
        await http.Wire.WriteAsync(head + data);

        Assert.Equal("HTTP/1.1 101 Switching Protocols", await http.Wire.ReadLineAsync());
        if (data.Length > 4)
            await http.Wire.ReadToEndAsync();
        await AssertServingAsync();
    }

    [Fact]
    [Trait("Spec", "EIO-WS-14")]
    [Trait("Behaviour", "engine.io/test/server.js:191")]
    public async Task Early_data_behind_the_upgrade_of_a_session_harms_nothing()
    {
        await using var client = await OpenPollingAsync();
        await using var http = await RawHttp.ConnectAsync(Server);
        string head = $"GET {client.UpgradeTarget} HTTP/1.1\r\nHost: x\r\n"
            + string.Concat(RawWebSocket.UpgradeHeaders().Select(header => $"{header.Name}: {header.Value}\r\n")) + "\r\n";

        await http.Wire.WriteAsync(head + "test of early data");

        Assert.Equal("HTTP/1.1 101 Switching Protocols", await http.Wire.ReadLineAsync());
        await http.Wire.ReadToEndAsync();
        await client.SendAsync("4alive");
        Assert.Equal("4alive", await client.ReceiveAsync());
    }

    [Fact]
    [Trait("Spec", "EIO-WS-14")]
    public async Task Frames_sent_together_with_the_upgrade_request_are_read()
    {
        await using var http = await RawHttp.ConnectAsync(Server);
        string head = $"GET {Path}?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\n"
            + string.Concat(RawWebSocket.UpgradeHeaders().Select(header => $"{header.Name}: {header.Value}\r\n")) + "\r\n";

        await http.Wire.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. RawWebSocket.Frame(WebSocketOpcode.Text, "4early"u8)]);

        while (await http.Wire.ReadLineAsync() != "")
        {
        }

        byte[] open = await http.Wire.ReadExactAsync(2);
        await http.Wire.ReadExactAsync(open[1] & 0x7F);
        Assert.Equal([0x81, 6, .. "4early"u8], await http.Wire.ReadExactAsync(8));
    }

    [Fact]
    [Trait("Spec", "EIO-WS-15")]
    public async Task Ping_frames_are_answered_with_their_data()
    {
        await using var client = await OpenWebSocketAsync();

        await client.WebSocket.SendFrameAsync(WebSocketOpcode.Ping, "data"u8.ToArray());

        var frame = await client.ReceiveAsync();
        Assert.Equal(WebSocketOpcode.Pong, frame.Opcode);
        Assert.Equal("data", frame.Text);
    }

    [Fact]
    [Trait("Spec", "EIO-WS-01")]
    public async Task Long_messages_pass_both_ways_whole()
    {
        await using var client = await OpenWebSocketAsync();
        string text = "4" + string.Concat(Enumerable.Repeat("0123456789é", 20_000));
        byte[] data = new byte[300_000];
        new Random(1).NextBytes(data);

        await client.SendAsync(text);
        await client.SendAsync(data);

        Assert.Equal(text, await client.ReceiveTextAsync());
        Assert.Equal(data, (await client.ReceiveAsync()).Data);
    }

    private Task AssertGoneAsync(SocketClient client) => AssertClosedAsync($"{Path}?EIO=4&transport=polling&sid={client.Sid}");
}
