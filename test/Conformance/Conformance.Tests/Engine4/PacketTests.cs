namespace Conformance.Tests.Engine4;

public sealed class PacketTests(ConformanceServers servers) : ModeTests(servers, "eio4", "/engine.io/")
{
    [Theory]
    [Trait("Spec", "EIO-PKT-01")]
    [InlineData("4hello")]
    [InlineData("4")]
    [InlineData("4€ and 😀")]
    [InlineData("4测试汉字")]
    [InlineData("42[\"a\",{\"b\":1}]")]
    [InlineData("4line\r\nbreak\0zero")]
    [Trait("Spec", "EIO-STATE-04")]
    [Trait("Behaviour", "engine.io/test/server.js:1774")]
    [Trait("Behaviour", "engine.io/test/server.js:1892")]
    [Trait("Behaviour", "engine.io/test/server.js:2315")]
    [Trait("Spec", "SRV-ENG-07")]
    public async Task Text_comes_back_on_both_transports(string packet)
    {
        await using var polling = await OpenPollingAsync();
        await using var webSocket = await OpenWebSocketAsync();

        await polling.SendAsync(packet);
        await webSocket.SendAsync(packet);

        Assert.Equal(packet, await polling.ReceiveAsync());
        Assert.Equal(packet, await webSocket.ReceiveTextAsync());
    }

    [Theory]
    [Trait("Spec", "EIO-PKT-02")]
    [Trait("Spec", "EIO-WS-03")]
    [InlineData("01020304")]
    [InlineData("")]
    [InlineData("00FF80C3")]
    [Trait("Behaviour", "engine.io/test/server.js:2062")]
    public async Task Binary_frame_is_a_message_without_a_type(string hex)
    {
        await using var client = await OpenWebSocketAsync();

        await client.SendAsync(Convert.FromHexString(hex));

        var frame = await client.ReceiveAsync();
        Assert.Equal(WebSocketOpcode.Binary, frame.Opcode);
        Assert.Equal(hex, Convert.ToHexString(frame.Data));
    }

    [Theory]
    [Trait("Spec", "EIO-PKT-03")]
    [Trait("Spec", "EIO-PKT-06")]
    [InlineData("bAQIDBA==", "bAQIDBA==")]
    [InlineData("bAQIDBA", "bAQIDBA==")]
    [InlineData("b-_8", "b+/8=")]
    [InlineData("b+/8=", "b+/8=")]
    [InlineData("b", "b")]
    [Trait("Behaviour", "engine.io/test/server.js:2090")]
    public async Task Binary_is_base64_on_polling(string sent, string expected)
    {
        await using var client = await OpenPollingAsync();

        await client.SendAsync(sent);

        Assert.Equal(expected, await client.ReceiveAsync());
    }

    [Fact]
    [Trait("Spec", "EIO-PKT-07")]
    public async Task Base64_text_is_binary_on_a_websocket_too()
    {
        await using var client = await OpenWebSocketAsync();

        await client.SendAsync("bAQID");

        var frame = await client.ReceiveAsync();
        Assert.Equal(WebSocketOpcode.Binary, frame.Opcode);
        Assert.Equal([1, 2, 3], frame.Data);
    }

    [Theory]
    [Trait("Spec", "EIO-PKT-06")]
    [Trait("Spec", "SEC-EIO-06")]
    [InlineData("b!!!!")]
    [InlineData("bAQ ID")]
    [InlineData("bA")]
    [InlineData("bAQ=ID")]
    public async Task Garbage_in_base64_is_a_parse_error(string packet)
    {
        OursOnly("EIO-PKT-06: the reference skips what is not base64");
        await using var polling = await OpenPollingAsync();
        await using var webSocket = await OpenWebSocketAsync();

        await polling.PostAsync(packet);
        await webSocket.SendAsync(packet);

        await AssertClosedAsync(polling.Target);
        Assert.Equal("close without status", (await webSocket.ReceiveEndAsync()).ToString());
    }

    [Theory]
    [Trait("Spec", "EIO-PKT-04")]
    [Trait("Spec", "SEC-EIO-06")]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("7")]
    [InlineData("\u001e")]
    [InlineData("é")]
    public async Task Malformed_packet_closes_the_websocket(string packet)
    {
        await using var client = await OpenWebSocketAsync();

        await client.SendAsync(packet);

        Assert.Equal("close without status", (await client.ReceiveEndAsync()).ToString());
        await AssertClosedAsync($"{Path}?EIO=4&transport=polling&sid={client.Sid}");
    }

    [Fact]
    [Trait("Spec", "EIO-PKT-05")]
    [Trait("Spec", "EIO-PKT-08")]
    public async Task Packets_that_a_client_has_no_reason_to_send_are_ignored()
    {
        await using var polling = await OpenPollingAsync();
        await using var webSocket = await OpenWebSocketAsync();

        Assert.Equal("ok", (await polling.PostAsync("6\u001e5\u001e3\u001e0\u001e3probe\u001e4alive")).Text);
        foreach (string packet in (string[])["6", "5", "3", "0", "3probe", "0{\"sid\":\"x\"}", "4alive"])
            await webSocket.SendAsync(packet);

        Assert.Equal("4alive", await polling.ReceiveAsync());
        Assert.Equal("4alive", await webSocket.ReceiveTextAsync());
    }

    [Theory]
    [Trait("Spec", "EIO-PKT-09")]
    [InlineData("2")]
    [InlineData("2probe")]
    public async Task Ping_from_the_client_is_the_wrong_direction(string packet)
    {
        await using var polling = await OpenPollingAsync();
        await using var webSocket = await OpenWebSocketAsync();

        await polling.PostAsync(packet);
        await webSocket.SendAsync(packet);

        await AssertClosedAsync(polling.Target);
        Assert.Equal("close without status", (await webSocket.ReceiveEndAsync()).ToString());
    }
}
