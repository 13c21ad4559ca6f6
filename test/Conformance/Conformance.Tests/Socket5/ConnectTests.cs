namespace Conformance.Tests.Socket5;

public sealed class ConnectTests(ConformanceServers servers) : Socket5Tests(servers)
{
    [Theory]
    [Trait("Spec", "SIO-CONN-01")]
    [Trait("Spec", "SIO-CONN-02")]
    [Trait("Spec", "SIO-CONN-03")]
    [Trait("Spec", "SIO-CONN-13")]
    [Trait("Spec", "SIO-DEC-19")]
    [InlineData("40", "", "{}")]
    [InlineData("40{\"token\":\"123\"}", "", "{\"token\":\"123\"}")]
    [InlineData("40 {\"a\":1}", "", "{\"a\":1}")]
    [InlineData("40/,{\"a\":1}", "", "{\"a\":1}")]
    [InlineData("40/,", "", "{}")]
    [InlineData("40/custom,", "/custom,", "{}")]
    [InlineData("40/custom", "/custom,", "{}")]
    [InlineData("40/custom,{\"token\":{\"a\":[1,null,\"é\"]}}", "/custom,", "{\"token\":{\"a\":[1,null,\"é\"]}}")]
    public async Task Grant_comes_first_and_then_what_the_application_emits(string connect, string nsp, string auth)
    {
        await using var client = await OpenWebSocketAsync();

        await client.SendAsync(connect);

        string grant = await client.ReceiveTextAsync();
        Assert.Matches("^40" + nsp + "\\{\"sid\":\"[A-Za-z0-9_-]{20}\"\\}$", grant);
        Assert.NotEqual(client.Sid, SidOf(grant));
        Assert.Equal($"42{nsp}[\"auth\",{auth}]", await client.ReceiveTextAsync());
    }

    [Fact]
    [Trait("Spec", "SIO-CONN-02")]
    [Trait("Spec", "EIO-HS-09")]
    public async Task Each_namespace_has_an_id_of_its_own()
    {
        await using var client = await OpenWebSocketAsync();

        string main = await JoinAsync(client);
        string custom = await JoinAsync(client, "/custom,");

        Assert.Equal(3, new[] { main, custom, client.Sid }.Distinct().Count());
        await client.SendAsync("42/custom,[\"message\",1]");
        Assert.Equal("42/custom,[\"message-back\",1]", await client.ReceiveTextAsync());
        await AssertAliveAsync(client);
    }

    [Theory]
    [Trait("Spec", "SIO-CONN-04")]
    [Trait("Spec", "SIO-ENC-08")]
    [Trait("Spec", "SIO-PKT-03")]
    [InlineData("/random,")]
    [InlineData("/Custom,")]
    [InlineData("/custom/,")]
    [InlineData("/custom?x=1,")]
    [InlineData("/%63ustom,")]
    [InlineData("/__proto__,")]
    [InlineData("/é,")]
    public async Task Unknown_namespace_is_refused_and_the_connection_stays(string nsp)
    {
        await using var client = await OpenWebSocketAsync();

        await client.SendAsync("40" + nsp);

        Assert.Equal($"44{nsp}{{\"message\":\"Invalid namespace\"}}", await client.ReceiveTextAsync());
        await JoinAsync(client);
        await AssertAliveAsync(client);
    }

    [Theory]
    [Trait("Spec", "SIO-CONN-06")]
    [Trait("Spec", "SIO-CONN-08")]
    [InlineData("42[\"x\"]")]
    [InlineData("41")]
    [InlineData("43[]")]
    [InlineData("431[]")]
    [InlineData("42/custom,[\"x\"]")]
    [InlineData("44")]
    public async Task First_packet_must_be_a_connect(string packet)
    {
        await using var client = await OpenWebSocketAsync();

        await client.SendAsync(packet);

        await AssertClosedAsync(client);
    }

    [Fact]
    [Trait("Spec", "SIO-CONN-06")]
    [Trait("Spec", "SIO-DEC-20")]
    public async Task Second_connect_closes_the_connection()
    {
        await using var client = await ConnectAsync();

        await client.SendAsync("40");

        await AssertClosedAsync(client);
    }

    [Fact]
    [Trait("Spec", "SIO-CONN-06")]
    [Trait("Spec", "EIO-POLL-23")]
    [Trait("Spec", "EIO-HTTP-07")]
    public async Task Second_connect_on_polling_closes_with_the_next_poll()
    {
        await using var client = await OpenPollingAsync();
        await client.SendAsync("40");
        Assert.StartsWith("40{", await client.ReceiveAsync(), StringComparison.Ordinal);

        Assert.Equal("ok", (await client.PostAsync("40")).Text);

        var end = await client.GetAsync();
        Assert.Equal(200, end.Status);
        Assert.Equal("6\u001e1", end.Text);
        Assert.Equal("text/plain; charset=UTF-8", end.ContentType);
        AssertError(await client.GetAsync(), 1);
    }

    [Theory]
    [Trait("Spec", "SIO-CONN-15")]
    [InlineData("40\u001e42[\"x\"]")]
    [InlineData("42[\"x\"]")]
    [InlineData("4abc")]
    [Trait("Spec", "EIO-STATE-08")]
    public async Task Invalid_state_on_polling_is_told_in_exactly_three_bytes(string payload)
    {
        await using var client = await OpenPollingAsync();

        Assert.Equal("ok", (await client.PostAsync(payload)).Text);

        Assert.Equal("36-1E-31", BitConverter.ToString((await client.GetAsync()).Body));
        AssertError(await client.GetAsync(), 1);
    }

    [Fact]
    [Trait("Spec", "EIO-POLL-23")]
    [Trait("Spec", "EIO-HTTP-06")]
    public async Task Pending_poll_gets_the_close_alone()
    {
        await using var client = await OpenPollingAsync();
        var pending = await client.BeginGetAsync();
        await SettleAsync();

        Assert.Equal("ok", (await client.PostAsync("42[\"x\"]")).Text);

        Assert.Equal("1", (await pending).Text);
        AssertError(await client.GetAsync(), 1);
    }

    [Fact]
    [Trait("Spec", "SIO-CONN-07")]
    [Trait("Spec", "SEC-HS-07")]
    public async Task Connection_without_a_connect_is_closed()
    {
        await using var client = await OpenWebSocketAsync();
        long start = TimeProvider.System.GetTimestamp();

        Assert.Equal("close without status", (await client.ReceiveAsync()).ToString());

        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds, 800, 3000);
    }

    [Fact]
    [Trait("Spec", "SIO-CONN-07")]
    [Trait("Spec", "SIO-CONN-09")]
    [Trait("Spec", "SIO-CONN-11")]
    public async Task One_that_joined_and_left_stays_open_and_may_join_again()
    {
        await using var client = await OpenWebSocketAsync();
        long start = TimeProvider.System.GetTimestamp();
        string first = await JoinAsync(client);
        await client.SendAsync("41");
        await client.SendAsync("40/random,");
        Assert.StartsWith("44/random,", await client.ReceiveTextAsync(), StringComparison.Ordinal);
        while (TimeProvider.System.GetElapsedTime(start).TotalMilliseconds < 1200)
        {
            Assert.Equal("2", (await client.WebSocket.ReceiveAsync()).Text);
            await client.SendAsync("3");
        }

        Assert.NotEqual(first, await JoinAsync(client));
    }

    [Fact]
    [Trait("Spec", "SIO-CONN-09")]
    public async Task Leaving_one_namespace_leaves_the_others_alone()
    {
        await using var client = await ConnectAsync();
        await JoinAsync(client, "/custom,");

        await client.SendAsync("41/custom,");

        await AssertAliveAsync(client);
        await client.SendAsync("42/custom,[\"message\"]");
        await AssertClosedAsync(client);
    }
}
