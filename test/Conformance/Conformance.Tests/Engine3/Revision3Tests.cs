namespace Conformance.Tests.Engine3;

public sealed class Revision3Tests(ConformanceServers servers) : ModeTests(servers, "eio3", "/engine.io/")
{
    [Theory]
    [Trait("Spec", "EIO3-01")]
    [InlineData("EIO=3&")]
    [InlineData("")]
    [InlineData("EIO=2&")]
    [InlineData("EIO=5&")]
    public async Task Anything_but_4_means_revision_3(string revision)
    {
        var response = await RawHttp.GetAsync(Server, $"{Path}?{revision}transport=polling&b64=1");

        Assert.Equal(200, response.Status);
        Assert.Matches("^114:0\\{\"sid\"", response.Text);
    }

    [Fact]
    [Trait("Spec", "EIO3-02")]
    [Trait("Spec", "EIO3-11")]
    public async Task Handshake_is_length_prefixed_and_has_the_same_keys()
    {
        await using var client = await OpenPollingAsync("&b64=1", revision: 3);

        string open = $$"""0{"sid":"{{client.Sid}}","upgrades":["websocket"],"pingInterval":300,"pingTimeout":200,"maxPayload":1000000}""";
        Assert.Equal($"{open.Length}:{open}", client.OpenResponse.Text);
        Assert.Equal("text/plain; charset=UTF-8", client.OpenResponse.ContentType);
    }

    [Theory]
    [Trait("Spec", "EIO3-02")]
    [Trait("Spec", "EIO3-05")]
    [InlineData("6:4hello2:4€", "")]
    [InlineData("6:4hello2:4€", "&b64=1")]
    [InlineData("3:4😀1:4", "")]
    [InlineData("4:41:2", "")]
    public async Task Lengths_of_text_count_utf16_units(string payload, string extra)
    {
        await using var client = await OpenPollingAsync(extra, revision: 3);

        Assert.Equal("ok", (await client.PostAsync(payload)).Text);

        var response = await client.GetAsync();
        Assert.Equal(payload, response.Text);
        Assert.Equal("text/plain; charset=UTF-8", response.ContentType);
    }

    [Theory]
    [Trait("Spec", "EIO3-03")]
    [InlineData("10:b4AQIDBA==", "10:b4AQIDBA==")]
    [InlineData("10:b4AQIDBA==2:4€", "10:b4AQIDBA==2:4€")]
    [InlineData("2:b4", "2:b4")]
    public async Task Binary_is_base64_for_clients_that_ask_for_it(string payload, string expected)
    {
        await using var client = await OpenPollingAsync("&b64=1", revision: 3);

        Assert.Equal("ok", (await client.PostAsync(payload)).Text);

        Assert.Equal(expected, (await client.GetAsync()).Text);
    }

    [Fact]
    [Trait("Spec", "EIO3-04")]
    [Trait("Spec", "EIO3-07")]
    [Trait("Spec", "EIO-HTTP-03")]
    public async Task Payload_with_binary_is_binary_both_ways()
    {
        byte[] payload = Convert.FromHexString("0004FF34E282AC0105FF0401020304");
        await using var client = await OpenPollingAsync(revision: 3);

        Assert.Equal("ok", (await client.PostAsync(payload, ("Content-Type", "application/octet-stream"))).Text);

        var response = await client.GetAsync();
        Assert.Equal("application/octet-stream", response.ContentType);
        Assert.Equal(Convert.ToHexString(payload), Convert.ToHexString(response.Body));
    }

    [Fact]
    [Trait("Spec", "EIO3-05")]
    public async Task Binary_payload_of_text_alone_is_answered_as_text()
    {
        await using var client = await OpenPollingAsync(revision: 3);

        Assert.Equal("ok", (await client.PostAsync(Convert.FromHexString("0002FF3461"), ("Content-Type", "application/octet-stream"))).Text);

        var response = await client.GetAsync();
        Assert.Equal("2:4a", response.Text);
        Assert.Equal("text/plain; charset=UTF-8", response.ContentType);
    }

    [Fact]
    [Trait("Spec", "EIO3-06")]
    public async Task Binary_frames_begin_with_the_type()
    {
        await using var client = await OpenWebSocketAsync(revision: 3);
        await using var base64 = await OpenWebSocketAsync("&b64=1", revision: 3);

        await client.SendAsync(4, 1, 2, 3, 4);
        await client.SendAsync("b4AQIDBA==");
        await base64.SendAsync(4, 1, 2, 3, 4);

        Assert.Equal([4, 1, 2, 3, 4], (await client.ReceiveAsync()).Data);
        Assert.Equal([4, 1, 2, 3, 4], (await client.ReceiveAsync()).Data);
        Assert.Equal("b4AQIDBA==", await base64.ReceiveTextAsync());
    }

    [Theory]
    [Trait("Spec", "EIO3-07")]
    [Trait("Spec", "EIO3-12")]
    [Trait("Spec", "SEC-EIO-02")]
    [InlineData("")]
    [InlineData("3:40")]
    [InlineData("x:40")]
    [InlineData(":40")]
    [InlineData("-1:40")]
    [InlineData("3:4€")]
    [InlineData("2:4😀")]
    [InlineData("40")]
    [InlineData("2:x0")]
    [InlineData("99999999999999999999999999:40")]
    public async Task Malformed_text_payload_closes_the_session(string payload)
    {
        await using var client = await OpenPollingAsync("&b64=1", revision: 3);

        var response = await client.PostAsync(payload);

        Assert.Contains(response.Status, (int[])[200, 400]);
        await AssertClosedAsync(client.Target);
        await AssertServingAsync();
    }

    [Theory]
    [Trait("Spec", "SEC-EIO-02")]
    [InlineData("0:")]
    [InlineData("1e1:4000000000")]
    [InlineData("2.0:40")]
    public async Task Payloads_that_only_the_reference_takes_close_the_session(string payload)
    {
        OursOnly("EIO3-07: the reference takes a packet of length zero and any JavaScript number");
        await using var client = await OpenPollingAsync("&b64=1", revision: 3);

        await client.PostAsync(payload);

        await AssertClosedAsync(client.Target);
    }

    [Theory]
    [Trait("Spec", "EIO3-07")]
    [Trait("Spec", "SEC-EIO-02")]
    [InlineData("00")]
    [InlineData("00FF")]
    [InlineData("02FF34")]
    [InlineData("000AFF3461")]
    [InlineData("0002FF34C3")]
    public async Task Malformed_binary_payload_closes_the_session(string hex)
    {
        await using var client = await OpenPollingAsync(revision: 3);

        await client.PostAsync(Convert.FromHexString(hex), ("Content-Type", "application/octet-stream"));

        await AssertClosedAsync(client.Target);
        await AssertServingAsync();
    }

    [Theory]
    [Trait("Spec", "EIO3-08")]
    [Trait("Spec", "SEC-EIO-02")]
    [InlineData("0002FF34")]
    [InlineData("0102FF")]
    [InlineData("0009090909090909090909FF3461")]
    public async Task Binary_payload_that_ends_too_early_closes_the_session(string hex)
    {
        OursOnly("EIO3-08: the reference takes what there is");
        await using var client = await OpenPollingAsync(revision: 3);

        await client.PostAsync(Convert.FromHexString(hex), ("Content-Type", "application/octet-stream"));

        await AssertClosedAsync(client.Target);
    }

    [Theory]
    [Trait("Spec", "SEC-EIO-01")]
    [InlineData("1:3")]
    [InlineData("1:4")]
    public async Task Megabyte_of_the_smallest_packets_is_read_in_linear_time(string packet)
    {
        await using var client = await OpenPollingAsync("&b64=1", revision: 3);
        string payload = string.Concat(Enumerable.Repeat(packet, 333_000));
        long start = TimeProvider.System.GetTimestamp();

        await client.PostAsync(payload);

        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(5));
        await AssertServingAsync();
    }

    [Fact]
    [Trait("Spec", "SEC-EIO-01")]
    public async Task Megabyte_of_digits_is_no_length()
    {
        await using var client = await OpenPollingAsync("&b64=1", revision: 3);

        await client.PostAsync(new string('1', 1_000_000));

        await AssertClosedAsync(client.Target);
        await AssertServingAsync();
    }

    [Fact]
    [Trait("Spec", "EIO-HB-08")]
    [Trait("Spec", "EIO-HB-09")]
    [Trait("Spec", "EIO3-09")]
    public async Task Client_pings_and_the_server_answers_without_the_data()
    {
        await using var webSocket = await OpenWebSocketAsync(revision: 3);
        await using var polling = await OpenPollingAsync("&b64=1", revision: 3);

        await webSocket.SendAsync("2");
        await webSocket.SendAsync("2xyz");
        await polling.SendAsync("2", "2xyz");

        Assert.Equal("3", await webSocket.ReceiveTextAsync());
        Assert.Equal("3", await webSocket.ReceiveTextAsync());
        Assert.Equal("1:31:3", (await polling.GetAsync()).Text);
    }

    [Fact]
    [Trait("Spec", "EIO-HB-08")]
    public async Task Silent_client_is_closed_and_a_pinging_one_is_not()
    {
        await using var silent = await OpenWebSocketAsync(revision: 3);
        await using var pinging = await OpenWebSocketAsync(revision: 3);
        var end = silent.WebSocket.ReceiveAsync();
        while (!end.IsCompleted)
        {
            await pinging.SendAsync("2");
            Assert.Equal("3", await pinging.ReceiveTextAsync());
            await Task.WhenAny(end, Task.Delay(50));
        }

        Assert.Equal("close without status", (await end).ToString());
        await pinging.SendAsync("4alive");
        Assert.Equal("4alive", await pinging.ReceiveTextAsync());
    }

    [Fact]
    [Trait("Spec", "EIO-HB-10")]
    public async Task Pong_from_the_client_is_the_wrong_direction()
    {
        await using var client = await OpenWebSocketAsync(revision: 3);

        await client.SendAsync("3");

        Assert.Equal("close without status", (await client.ReceiveEndAsync()).ToString());
        await AssertClosedAsync($"{Path}?EIO=3&transport=polling&sid={client.Sid}");
    }

    [Fact]
    [Trait("Spec", "EIO3-10")]
    public async Task Upgrade_is_the_same_dance()
    {
        await using var client = await OpenPollingAsync(revision: 3);
        await using var socket = await RawWebSocket.ConnectAsync(Server, client.UpgradeTarget);
        var pending = await client.BeginGetAsync();

        await socket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await socket.ReceiveAsync()).Text);
        Assert.Equal("1:6", (await pending).Text);
        await client.SendAsync("4a");
        await socket.SendTextAsync("5");
        await socket.SendTextAsync("4b");

        Assert.Equal("4a", (await socket.ReceiveAsync()).Text);
        Assert.Equal("4b", (await socket.ReceiveAsync()).Text);
        AssertError(await client.GetAsync(), 3);
    }

    [Fact]
    [Trait("Spec", "EIO-POLL-17")]
    public async Task Close_packet_ends_the_session()
    {
        await using var client = await OpenPollingAsync(revision: 3);
        var pending = await client.BeginGetAsync();
        await SettleAsync();

        Assert.Equal("ok", (await client.PostAsync("1:1")).Text);

        Assert.Equal("1:6", (await pending).Text);
        await AssertClosedAsync(client.Target);
    }

    [Fact]
    [Trait("Spec", "EIO-CMP-01")]
    public async Task Binary_payloads_are_compressed_too()
    {
        await using var client = await OpenPollingAsync(revision: 3);
        byte[] packet = [1, 2, 0, 0, 1, 0xFF, 4, .. new byte[2000]];
        await client.PostAsync(packet, ("Content-Type", "application/octet-stream"));

        var response = await RawHttp.GetAsync(Server, client.Target, ("Accept-Encoding", "gzip"));

        Assert.Equal("gzip", response.Header("content-encoding"));
        Assert.Equal("application/octet-stream", response.ContentType);
        using var body = new System.IO.Compression.GZipStream(
            new MemoryStream(response.Body), System.IO.Compression.CompressionMode.Decompress);
        using var plain = new MemoryStream();
        await body.CopyToAsync(plain, TestContext.Current.CancellationToken);
        Assert.Equal(Convert.ToHexString(packet), Convert.ToHexString(plain.ToArray()));
    }

    [Fact]
    [Trait("Spec", "EIO3-01")]
    public async Task Both_revisions_live_side_by_side()
    {
        await using var old = await OpenPollingAsync("&b64=1", revision: 3);
        await using var current = await OpenPollingAsync();

        await old.SendAsync("4old");
        await current.SendAsync("4new");

        Assert.Equal("4old", await old.ReceiveAsync());
        Assert.Equal("4new", await current.ReceiveAsync());
    }
}
