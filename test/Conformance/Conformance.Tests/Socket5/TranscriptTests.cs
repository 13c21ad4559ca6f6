namespace Conformance.Tests.Socket5;

/// <summary>The reference sessions of the specification, as far as this mode's application goes.</summary>
public sealed class TranscriptTests(ConformanceServers servers) : Socket5Tests(servers)
{
    [Fact]
    [Trait("Spec", "PRO-SES-01")]
    public async Task Polling_only()
    {
        await using var http = await RawHttp.ConnectAsync(Server);
        const string Base = "/socket.io/?EIO=4&transport=polling&t=";
        await http.SendAsync("GET", Base + "N8hyd6w");
        string open = (await http.ReadAsync()).Text;
        string sid = open.Split('"')[3];
        Assert.Equal($"0{{\"sid\":\"{sid}\",\"upgrades\":[\"websocket\"],\"pingInterval\":300,\"pingTimeout\":200,\"maxPayload\":1000000}}", open);

        await http.SendAsync("POST", $"{Base}N8hyd7H&sid={sid}", "40");
        Assert.Equal("ok", (await http.ReadAsync()).Text);
        await http.SendAsync("GET", $"{Base}N8hyd7I&sid={sid}");
        Assert.Matches("^40\\{\"sid\":\"[A-Za-z0-9_-]{20}\"\\}\u001e42\\[\"auth\",\\{\\}\\]$", (await http.ReadAsync()).Text);
        await http.SendAsync("POST", $"{Base}N8hyd7J&sid={sid}", "42[\"message\",\"hello\"]\u001e42[\"message\",\"world\"]");
        Assert.Equal("ok", (await http.ReadAsync()).Text);
        await http.SendAsync("GET", $"{Base}N8hyd7K&sid={sid}");
        Assert.Equal("42[\"message-back\",\"hello\"]\u001e42[\"message-back\",\"world\"]", (await http.ReadAsync()).Text);
    }

    [Fact]
    [Trait("Spec", "PRO-SES-02")]
    public async Task Websocket_only()
    {
        await using var client = await ConnectAsync();

        Assert.Equal("2", (await client.WebSocket.ReceiveAsync()).Text);
        await client.SendAsync("3");
        await client.SendAsync("41");
        await client.WebSocket.SendCloseAsync(1000);

        Assert.Equal(1000, (await client.WebSocket.ReceiveEndAsync()).CloseCode);
    }

    [Fact]
    [Trait("Spec", "PRO-SES-03")]
    public async Task Upgrade_then_namespace_then_binary_acknowledgement()
    {
        await using var client = await OpenPollingAsync();
        await using var socket = await RawWebSocket.ConnectAsync(Server, client.UpgradeTarget);

        await socket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await socket.ReceiveAsync()).Text);
        await socket.SendTextAsync("5");
        await socket.SendTextAsync("40/custom,");
        Assert.Matches("^40/custom,\\{\"sid\":\"[A-Za-z0-9_-]{20}\"\\}$", (await socket.ReceiveAsync()).Text);
        Assert.Equal("42/custom,[\"auth\",{}]", (await socket.ReceiveAsync()).Text);
        await socket.SendTextAsync("451-/custom,1[\"message-with-ack\",{\"_placeholder\":true,\"num\":0}]");
        await socket.SendBinaryAsync(1, 2, 3, 4);
        Assert.Equal("461-/custom,1[{\"_placeholder\":true,\"num\":0}]", (await socket.ReceiveAsync()).Text);
        Assert.Equal([1, 2, 3, 4], (await socket.ReceiveAsync()).Data);
    }

    [Theory]
    [InlineData("PRO-TRB-02", "GET", "", 0)]
    [InlineData("PRO-TRB-02", "GET", "?transport=udp", 0)]
    [InlineData("PRO-TRB-03", "GET", "?transport=polling&sid=1234", 1)]
    [InlineData("PRO-TRB-04", "PUT", "?transport=polling", 2)]
    [InlineData("PRO-TRB-05", "GET", "?EIO=4&transport=websocket", 3)]
    [InlineData("PRO-TRB-07", "GET", "?transport=polling&EIO=3", 5)]
    public async Task Requests_of_the_troubleshooting_page(string spec, string method, string query, int code)
    {
        Assert.NotEmpty(spec);
        var response = await RawHttp.RequestAsync(Server, method, Path + query, method == "PUT" ? "" : null);

        AssertError(response, code);
        Assert.Equal("*", response.Header("access-control-allow-origin"));
    }
}
