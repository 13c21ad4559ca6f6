namespace Conformance.Tests.Socket5;

public sealed class EventTests(ConformanceServers servers) : Socket5Tests(servers)
{
    [Theory]
    [Trait("Spec", "SIO-EVT-01")]
    [Trait("Spec", "SIO-ENC-10")]
    [Trait("Spec", "SIO-ENC-17")]
    [InlineData("")]
    [InlineData(",1")]
    [InlineData(",1,\"2\",{\"3\":[true]},null")]
    [InlineData(",[],{},\"\",false,null")]
    [InlineData(",1,2,3,4,5,6,7,8,9,10")]
    [InlineData(",\"é<&+'>😀\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001e/\u2028\"")]
    [InlineData(",\"\u007f\"")]
    [InlineData(",1.5,-7,0,9007199254740991,1e+21,1e-7,123456789.125")]
    [InlineData(",{\"b\":1,\"a\":{\"c\":[{}]}}")]
    [Trait("Behaviour", "socket.io/test/socket.ts:45")]
    [Trait("Behaviour", "socket.io/test/socket.ts:61")]
    [Trait("Behaviour", "socket.io/test/socket.ts:75")]
    public async Task Arguments_come_back_byte_by_byte(string arguments)
    {
        await using var client = await ConnectAsync();
        await client.SendAsync($"42[\"message\"{arguments}]");

        Assert.Equal($"42[\"message-back\"{arguments}]", await client.ReceiveTextAsync());
    }

    [Theory]
    [Trait("Spec", "SIO-ENC-11")]
    [Trait("Spec", "SIO-ENC-12")]
    [Trait("Spec", "SIO-ENC-19")]
    [Trait("Spec", "SIO-EVT-07")]
    [Trait("Spec", "SIO-DEC-23")]
    [InlineData("12", ",1,\"two\",null", "4312[1,\"two\",null]")]
    [InlineData("0", "", "430[]")]
    [InlineData("007", ",\"a\"", "437[\"a\"]")]
    [InlineData("9007199254740991", ",{}", "439007199254740991[{}]")]
    public async Task Acknowledgement_carries_the_id_of_the_event(string id, string arguments, string ack)
    {
        await using var client = await ConnectAsync();

        await client.SendAsync($"42{id}[\"message-with-ack\"{arguments}]");

        Assert.Equal(ack, await client.ReceiveTextAsync());
    }

    [Fact]
    [Trait("Spec", "SIO-ENC-11")]
    [Trait("Spec", "SIO-ENC-12")]
    public async Task Acknowledgement_carries_the_namespace_too()
    {
        await using var client = await OpenWebSocketAsync();
        await JoinAsync(client, "/custom,");

        await client.SendAsync("42/custom,13[\"message-with-ack\",\"bar\"]");

        Assert.Equal("43/custom,13[\"bar\"]", await client.ReceiveTextAsync());
    }

    [Fact]
    [Trait("Spec", "SIO-BIN-01")]
    [Trait("Spec", "SIO-ENC-13")]
    [Trait("Spec", "SIO-ENC-18")]
    [Trait("Spec", "SIO-PKT-02")]
    [Trait("Behaviour", "socket.io/test/socket.ts:185")]
    [Trait("Behaviour", "socket.io/test/socket.ts:200")]
    public async Task Binary_may_sit_anywhere_in_the_arguments()
    {
        await using var client = await ConnectAsync();
        const string Arguments = "{\"_placeholder\":true,\"num\":0},{\"x\":[{\"_placeholder\":true,\"num\":1}],\"y\":{\"_placeholder\":true,\"num\":2}}";

        await client.SendAsync($"453-[\"message\",{Arguments}]");
        await client.SendAsync(1);
        await client.SendAsync([]);
        await client.SendAsync(3, 4);

        Assert.Equal($"453-[\"message-back\",{Arguments}]", await client.ReceiveTextAsync());
        Assert.Equal([1], (await client.ReceiveAsync()).Data);
        var empty = await client.ReceiveAsync();
        Assert.Equal(WebSocketOpcode.Binary, empty.Opcode);
        Assert.Empty(empty.Data);
        Assert.Equal([3, 4], (await client.ReceiveAsync()).Data);
    }

    [Fact]
    [Trait("Spec", "SIO-ENC-16")]
    [Trait("Spec", "SIO-BIN-07")]
    public async Task Binary_acknowledgement()
    {
        await using var client = await ConnectAsync();

        await client.SendAsync("451-15[\"message-with-ack\",\"bar\",{\"_placeholder\":true,\"num\":0}]");
        await client.SendAsync(1, 2, 3);

        Assert.Equal("461-15[\"bar\",{\"_placeholder\":true,\"num\":0}]", await client.ReceiveTextAsync());
        Assert.Equal([1, 2, 3], (await client.ReceiveAsync()).Data);
    }

    [Fact]
    [Trait("Spec", "SIO-BIN-02")]
    [Trait("Spec", "SIO-DEC-16")]
    public async Task Same_attachment_twice_is_sent_twice()
    {
        await using var client = await ConnectAsync();

        await client.SendAsync("451-[\"message\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":0}]");
        await client.SendAsync(9);

        Assert.Equal("452-[\"message-back\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]", await client.ReceiveTextAsync());
        Assert.Equal([9], (await client.ReceiveAsync()).Data);
        Assert.Equal([9], (await client.ReceiveAsync()).Data);
    }

    [Fact]
    [Trait("Spec", "SIO-DEC-15")]
    public async Task Attachment_without_a_placeholder_is_dropped()
    {
        await using var client = await ConnectAsync();

        await client.SendAsync("451-[\"message\",1]");
        await client.SendAsync(9);

        Assert.Equal("42[\"message-back\",1]", await client.ReceiveTextAsync());
    }

    [Theory]
    [Trait("Spec", "SIO-BIN-08")]
    [InlineData("{\"_placeholder\":1,\"num\":0}")]
    [InlineData("{\"_placeholder\":\"true\",\"num\":0}")]
    [InlineData("{\"_placeholder\":false,\"num\":0}")]
    public async Task Placeholder_must_say_true(string argument)
    {
        await using var client = await ConnectAsync();

        await client.SendAsync($"451-[\"message\",{argument},{{\"_placeholder\":true,\"num\":0}}]");
        await client.SendAsync(9);

        Assert.Equal($"451-[\"message-back\",{argument},{{\"_placeholder\":true,\"num\":0}}]", await client.ReceiveTextAsync());
        Assert.Equal([9], (await client.ReceiveAsync()).Data);
    }

    [Fact]
    [Trait("Spec", "SIO-LIM-02")]
    public async Task Ten_attachments_are_allowed()
    {
        await using var client = await ConnectAsync();
        string placeholders = string.Join(',', Enumerable.Range(0, 10).Select(i => $"{{\"_placeholder\":true,\"num\":{i}}}"));

        await client.SendAsync($"4510-[\"message\",{placeholders}]");
        for (byte i = 0; i < 10; i++)
            await client.SendAsync(i);

        Assert.Equal($"4510-[\"message-back\",{placeholders}]", await client.ReceiveTextAsync());
        for (byte i = 0; i < 10; i++)
            Assert.Equal([i], (await client.ReceiveAsync()).Data);
    }

    [Fact]
    [Trait("Spec", "SIO-BIN-03")]
    [Trait("Spec", "SIO-BIN-05")]
    public async Task On_polling_attachments_may_come_in_a_later_payload()
    {
        await using var client = await OpenPollingAsync();
        await client.SendAsync("40");
        Assert.StartsWith("40{", await client.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal("42[\"auth\",{}]", await client.ReceiveAsync());

        await client.SendAsync("452-[\"message\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]", "bAQIDBA==");
        await client.SendAsync("b");

        Assert.Equal("452-[\"message-back\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]", await client.ReceiveAsync());
        Assert.Equal("bAQIDBA==", await client.ReceiveAsync());
        Assert.Equal("b", await client.ReceiveAsync());
    }

    [Fact]
    [Trait("Spec", "EIO-PKT-11")]
    public async Task Record_separator_in_an_argument_survives_polling()
    {
        await using var client = await OpenPollingAsync();
        await client.SendAsync("40");
        Assert.StartsWith("40{", await client.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal("42[\"auth\",{}]", await client.ReceiveAsync());

        await client.SendAsync("42[\"message\",\"a\\u001eb\"]");

        Assert.Equal("42[\"message-back\",\"a\\u001eb\"]", await client.ReceiveAsync());
    }

    [Fact]
    [Trait("Spec", "SIO-EVT-02")]
    public async Task Events_keep_their_order_through_an_upgrade()
    {
        await using var client = await OpenPollingAsync();
        await client.SendAsync("40");
        Assert.StartsWith("40{", await client.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal("42[\"auth\",{}]", await client.ReceiveAsync());
        await using var socket = await RawWebSocket.ConnectAsync(Server, client.UpgradeTarget);
        await client.SendAsync([.. Enumerable.Range(0, 100).Select(i => $"42[\"message\",{i}]")]);
        await socket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await socket.ReceiveAsync()).Text);
        await client.SendAsync([.. Enumerable.Range(100, 100).Select(i => $"42[\"message\",{i}]")]);
        var received = (await client.GetAsync()).Text.Split('\u001e').ToList();
        await socket.SendTextAsync("5");
        for (int i = 200; i < 1000; i++)
            await socket.SendTextAsync($"42[\"message\",{i}]");

        while (received.Count(packet => packet.StartsWith('4')) < 1000)
        {
            string packet = (await socket.ReceiveAsync()).Text;
            received.Add(packet);
            if (packet == "2")
                await socket.SendTextAsync("3");
        }

        Assert.Equal(
            Enumerable.Range(0, 1000).Select(i => $"42[\"message-back\",{i}]"), received.Where(packet => packet.StartsWith('4')));
    }
}
