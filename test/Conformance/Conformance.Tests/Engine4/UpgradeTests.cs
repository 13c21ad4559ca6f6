namespace Conformance.Tests.Engine4;

public sealed class UpgradeTests(ConformanceServers servers) : ModeTests(servers, "eio4", "/engine.io/")
{
    [Fact]
    [Trait("Spec", "EIO-UPG-01")]
    [Trait("Spec", "EIO-UPG-02")]
    [Trait("Spec", "EIO-UPG-04")]
    public async Task Probe_noop_and_switch()
    {
        await using var client = await OpenPollingAsync();
        await using var socket = await RawWebSocket.ConnectAsync(Server, client.UpgradeTarget);
        var pending = await client.BeginGetAsync();

        await socket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await socket.ReceiveAsync()).Text);

        long start = TimeProvider.System.GetTimestamp();
        Assert.Equal("6", (await pending).Text);
        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds, 40, 5000);

        await socket.SendTextAsync("5");
        await socket.SendTextAsync("4hello");
        Assert.Equal("4hello", await NextAsync(socket));
    }

    [Fact]
    [Trait("Spec", "EIO-UPG-02")]
    public async Task Every_poll_during_the_probe_is_answered_with_a_noop()
    {
        await using var client = await OpenPollingAsync();
        await using var socket = await RawWebSocket.ConnectAsync(Server, client.UpgradeTarget);
        await socket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await socket.ReceiveAsync()).Text);

        // A ping may take the place of a noop.
        Assert.Contains((await client.GetAsync()).Text, (string[])["6", "2"]);
        Assert.Contains((await client.GetAsync()).Text, (string[])["6", "2"]);
    }

    [Fact]
    [Trait("Spec", "EIO-UPG-04")]
    public async Task Poll_that_still_waits_at_the_switch_gets_a_close_packet()
    {
        await using var client = await OpenPollingAsync();
        await using var socket = await RawWebSocket.ConnectAsync(Server, client.UpgradeTarget);
        var pending = await client.BeginGetAsync();
        await SettleAsync();

        await socket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await socket.ReceiveAsync()).Text);
        await socket.SendTextAsync("5");

        // Either the switch or, on a slow machine, the first noop ends the poll.
        Assert.Contains((await pending).Text, (string[])["1", "6"]);
        await socket.SendTextAsync("4alive");
        Assert.Equal("4alive", await NextAsync(socket));
    }

    [Fact]
    [Trait("Spec", "EIO-UPG-05")]
    public async Task Switch_without_a_probe_is_accepted()
    {
        await using var client = await OpenPollingAsync();
        await using var socket = await RawWebSocket.ConnectAsync(Server, client.UpgradeTarget);

        await socket.SendTextAsync("5");
        await socket.SendTextAsync("4hello");

        Assert.Equal("4hello", await NextAsync(socket));
    }

    [Fact]
    [Trait("Spec", "EIO-UPG-03")]
    [Trait("Spec", "EIO-UPG-04")]
    public async Task Packets_in_flight_are_neither_lost_nor_reordered()
    {
        await using var client = await OpenPollingAsync();
        var received = new List<string>();
        await client.SendAsync("40", "41");
        await using var socket = await RawWebSocket.ConnectAsync(Server, client.UpgradeTarget);
        await client.SendAsync("42");
        await socket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await socket.ReceiveAsync()).Text);

        received.AddRange((await client.GetAsync()).Text.Split('\u001e'));
        await client.SendAsync("43", "44");
        await socket.SendTextAsync("5");
        await socket.SendTextAsync("45");
        for (int i = 0; i < 3; i++)
            received.Add(await NextAsync(socket));

        Assert.Equal(["40", "41", "42", "43", "44", "45"], received.Where(packet => packet is not "2"));
    }

    [Theory]
    [Trait("Spec", "EIO-UPG-06")]
    [InlineData("2")]
    [InlineData("2other")]
    [InlineData("40")]
    [InlineData("3")]
    [InlineData("")]
    [InlineData("x")]
    public async Task Anything_else_on_the_probe_closes_that_websocket_only(string packet)
    {
        await using var client = await OpenPollingAsync();
        await using (var socket = await RawWebSocket.ConnectAsync(Server, client.UpgradeTarget))
        {
            await socket.SendTextAsync(packet);
            Assert.Equal("close without status", (await socket.ReceiveEndAsync()).ToString());
        }

        await client.SendAsync("4alive");
        Assert.Equal("4alive", await client.ReceiveAsync());

        await using var retry = await RawWebSocket.ConnectAsync(Server, client.UpgradeTarget);
        await retry.SendTextAsync("2probe");
        Assert.Equal("3probe", (await retry.ReceiveAsync()).Text);
    }

    [Theory]
    [Trait("Spec", "EIO-UPG-06")]
    [Trait("Spec", "SEC-HS-06")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Loss_of_the_probe_leaves_the_session_on_polling(bool probed)
    {
        await using var client = await OpenPollingAsync();
        await using (var socket = await RawWebSocket.ConnectAsync(Server, client.UpgradeTarget))
        {
            if (probed)
            {
                await socket.SendTextAsync("2probe");
                Assert.Equal("3probe", (await socket.ReceiveAsync()).Text);
            }

            socket.Reset();
        }

        await client.SendAsync("4alive");
        string? packet;
        do
            packet = await client.ReceiveAsync();
        while (packet == "6");
        Assert.Equal("4alive", packet);
    }

    [Fact]
    [Trait("Spec", "EIO-WS-11")]
    [Trait("Spec", "EIO-STATE-13")]
    [Trait("Spec", "SEC-HS-06")]
    public async Task Second_websocket_during_the_probe_is_closed_at_once()
    {
        await using var client = await OpenPollingAsync();
        await using var socket = await RawWebSocket.ConnectAsync(Server, client.UpgradeTarget);
        await socket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await socket.ReceiveAsync()).Text);

        await using var second = await RawWebSocket.ConnectAsync(Server, client.UpgradeTarget);
        Assert.Equal("close without status", (await second.ReceiveAsync()).ToString());

        await socket.SendTextAsync("5");
        await socket.SendTextAsync("4alive");
        Assert.Equal("4alive", await NextAsync(socket));
    }

    [Fact]
    [Trait("Spec", "EIO-WS-11")]
    [Trait("Spec", "EIO-UPG-10")]
    [Trait("Spec", "EIO-UPG-11")]
    [Trait("Spec", "EIO-ERR-06")]
    [Trait("Behaviour", "engine.io/test/server.js:214")]
    public async Task After_the_upgrade_there_is_no_way_back_and_no_second_websocket()
    {
        await using var client = await OpenPollingAsync();
        await using var socket = await RawWebSocket.ConnectAsync(Server, client.UpgradeTarget);
        await socket.SendTextAsync("5");
        await socket.SendTextAsync("4switched");
        Assert.Equal("4switched", await NextAsync(socket));

        AssertError(await client.GetAsync(), 3);
        AssertError(await client.PostAsync("4x"), 3);
        await using var second = await RawWebSocket.ConnectAsync(Server, client.UpgradeTarget);
        Assert.Equal("close without status", (await second.ReceiveAsync()).ToString());

        await socket.SendTextAsync("4alive");
        Assert.Equal("4alive", await NextAsync(socket));
    }

    [Fact]
    [Trait("Spec", "EIO-WS-11")]
    public async Task Session_that_began_on_websocket_is_not_harmed_by_a_second_one()
    {
        await using var client = await OpenWebSocketAsync();

        await using var second = await RawWebSocket.ConnectAsync(Server, $"{Path}?EIO=4&transport=websocket&sid={client.Sid}");

        // The reference takes the newcomer for a probe; we close it.
        if (!ConformanceServers.IsReference)
            Assert.Equal("close without status", (await second.ReceiveAsync()).ToString());
        await client.SendAsync("4alive");
        Assert.Equal("4alive", await client.ReceiveTextAsync());
    }

    [Fact]
    [Trait("Spec", "EIO-UPG-08")]
    [Trait("Spec", "EIO-STATE-12")]
    [Trait("Behaviour", "engine.io/test/server.js:1131")]
    public async Task End_of_the_session_closes_the_probe()
    {
        await using var client = await OpenPollingAsync();
        await using var socket = await RawWebSocket.ConnectAsync(Server, client.UpgradeTarget);
        await socket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await socket.ReceiveAsync()).Text);

        await client.SendAsync("1");

        await AssertClosedAsync(client.Target);
        Assert.Equal("close without status", (await socket.ReceiveEndAsync()).ToString());
    }

    private static async Task<string> NextAsync(RawWebSocket socket)
    {
        while (true)
        {
            var frame = await socket.ReceiveAsync();
            Assert.Equal(WebSocketOpcode.Text, frame.Opcode);
            if (frame.Text != "2")
                return frame.Text;
            await socket.SendTextAsync("3");
        }
    }
}
