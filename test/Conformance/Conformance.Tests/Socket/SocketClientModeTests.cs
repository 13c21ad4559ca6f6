using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Conformance.Tests.Socket;

/// <summary>Mode <c>sio</c>: the server of the official client's own tests.</summary>
public sealed class SocketClientModeTests(ConformanceServers servers) : ModeTests(servers, "sio", "/socket.io/")
{
    private const string Placeholder = "{\"_placeholder\":true,\"num\":0}";

    [Theory]
    [InlineData("42[\"hi\"]", "42[\"hi\"]")]
    [InlineData("421[\"echo\",{\"a\":[1,\"é\"]}]", "431[{\"a\":[1,\"é\"]}]")]
    [InlineData("42[\"false\"]", "42[\"false\",false]")]
    [InlineData("42[\"getUtf8\"]", "42[\"takeUtf8\",\"てすと\"]|42[\"takeUtf8\",\"Я Б Г Д Ж Й\"]|42[\"takeUtf8\",\"Ä ä Ü ü ß\"]|"
        + "42[\"takeUtf8\",\"utf8 — string\"]|42[\"takeUtf8\",\"utf8 — string\"]")]
    [InlineData("42[\"nobody\",1]|423[\"nobody\"]|42[\"hi\"]", "42[\"hi\"]")]
    [InlineData("42[\"buffa\",1]|42[\"blob\",\"x\"]|42[\"hi\"]", "42[\"hi\"]")]
    [InlineData("42[\"jsonbuff\",{\"hello\":\"lol\",\"message\":\"x\",\"goodbye\":\"gotcha\"}]|42[\"hi\"]", "42[\"hi\"]")]
    [InlineData("42[\"jsonbuff\"]|42[\"jsonblob\",1]|42[\"jsonbuff\",{}]|42[\"hi\"]", "42[\"hi\"]")]
    [InlineData("42[\"abuff2\",\"x\"]|42[\"blob2\",\"second\"]|42[\"hi\"]", "42[\"hi\"]")]
    [Trait("Behaviour", "socket.io/test/socket.ts:118")]
    public async Task Text_events_are_answered(string sent, string expected)
    {
        await using var client = await ConnectAsync();

        foreach (string packet in sent.Split('|'))
            await client.SendAsync(packet);

        foreach (string packet in expected.Split('|'))
            Assert.Equal(packet, await ReceiveAsync(client));
    }

    [Theory]
    [InlineData("doge", "doge")]
    [InlineData("getbin", "takebin")]
    public async Task Binary_is_given(string sent, string expected)
    {
        await using var client = await ConnectAsync();

        await client.SendAsync($"42[\"{sent}\"]");

        Assert.Equal($"451-[\"{expected}\",{Placeholder}]", await ReceiveAsync(client));
        Assert.Equal("asdfasdf"u8.ToArray(), (await client.ReceiveAsync()).Data);
    }

    [Theory]
    [InlineData("451-[\"buffa\",P]", "42[\"buffack\"]")]
    [InlineData("451-[\"blob\",P]", "42[\"back\"]")]
    [InlineData("451-[\"jsonbuff\",{\"hello\":\"lol\",\"message\":P,\"goodbye\":\"gotcha\"}]", "42[\"jsonbuff-ack\"]")]
    [InlineData("451-[\"jsonblob\",{\"hello\":\"lol\",\"message\":P,\"goodbye\":\"gotcha\"}]", "42[\"jsonblob-ack\"]")]
    [InlineData("451-[\"abuff1\",P]|42[\"abuff2\",\"x\"]", "42[\"abuff2-ack\"]")]
    [InlineData("451-[\"blob1\",P]|42[\"blob2\",\"second\"]|451-[\"blob3\",P]", "42[\"blob3-ack\"]")]
    public async Task Binary_is_taken(string sent, string expected)
    {
        await using var client = await ConnectAsync();

        foreach (string packet in sent.Split('|'))
        {
            await client.SendAsync(packet.Replace("P", Placeholder, StringComparison.Ordinal));
            if (packet.StartsWith("45", StringComparison.Ordinal))
                await client.SendAsync(1, 2);
        }

        Assert.Equal(expected, await ReceiveAsync(client));
    }

    [Theory]
    [InlineData("5,{\"test\":true}", true)]
    [InlineData("5,{\"test\":1}", true)]
    [InlineData("4,{\"test\":true}", false)]
    [InlineData("5,{}", false)]
    [InlineData("5", false)]
    [InlineData("", false)]
    [InlineData("\"5\",{\"test\":true}", false)]
    public async Task Server_asks_for_an_acknowledgement(string answer, bool gotIt)
    {
        await using var client = await ConnectAsync();

        await client.SendAsync("42[\"ack\"]");
        string packet = await client.ReceiveTextAsync();
        Assert.Matches("^42[0-9]+\\[\"ack\"\\]$", packet);
        await client.SendAsync($"43{packet[2..packet.IndexOf('[', StringComparison.Ordinal)]}[{answer}]");
        if (!gotIt)
            await client.SendAsync("42[\"hi\"]");

        Assert.Equal(gotIt ? "42[\"got it\"]" : "42[\"hi\"]", await ReceiveAsync(client));
    }

    [Fact]
    [Trait("Spec", "SIO-JSON-05")]
    public async Task Dates_are_iso_strings()
    {
        const string Date = "\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z\"";
        await using var client = await ConnectAsync();

        await client.SendAsync("42[\"getDate\"]");
        await client.SendAsync("42[\"getDateObj\"]");
        await client.SendAsync("425[\"getAckDate\",{\"test\":true}]");

        Assert.Matches($"^42\\[\"takeDate\",{Date}\\]$", await ReceiveAsync(client));
        Assert.Matches($"^42\\[\"takeDateObj\",\\{{\"date\":{Date}\\}}\\]$", await ReceiveAsync(client));
        Assert.Matches($"^435\\[{Date}\\]$", await client.ReceiveTextAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/foo,")]
    public async Task Socket_id_can_be_asked_for(string nsp)
    {
        await using var client = await OpenWebSocketAsync();
        await client.SendAsync("40" + nsp);
        string sid = SidOf(await client.ReceiveTextAsync());

        await client.SendAsync($"42{nsp}1[\"getId\"]");

        Assert.Equal($"43{nsp}1[\"{sid}\"]", await client.ReceiveTextAsync());
    }

    [Theory]
    [InlineData("/timeout_socket,")]
    [InlineData("/valid,")]
    [InlineData("/asd,")]
    public async Task Silent_namespaces_exist(string nsp)
    {
        await using var client = await OpenWebSocketAsync();

        await client.SendAsync("40" + nsp);
        await client.SendAsync("40");

        Assert.StartsWith($"40{nsp}{{\"sid\":\"", await client.ReceiveTextAsync(), StringComparison.Ordinal);
        Assert.StartsWith("40{\"sid\":\"", await client.ReceiveTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "SIO-CONN-05")]
    [Trait("Spec", "SIO-ENC-07")]
    public async Task Middlewares_refuse()
    {
        await using var client = await OpenWebSocketAsync("&fail=1");

        await client.SendAsync("40");
        Assert.Equal("44{\"message\":\"Auth failed (main namespace)\"}", await client.ReceiveTextAsync());
        await client.SendAsync("40/no,");
        Assert.Equal("44/no,{\"message\":\"Auth failed (custom namespace)\"}", await client.ReceiveTextAsync());
        await client.SendAsync("40/nowhere,");
        Assert.Equal("44/nowhere,{\"message\":\"Invalid namespace\"}", await client.ReceiveTextAsync());
        await client.SendAsync("40/valid,");
        Assert.StartsWith("40/valid,{", await client.ReceiveTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_fail_does_not_fail()
    {
        await using var client = await OpenWebSocketAsync("&fail=");

        await client.SendAsync("40");

        Assert.StartsWith("40{", await client.ReceiveTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "EIO-URL-07")]
    [Trait("Spec", "EIO-URL-08")]
    [Trait("Spec", "EIO-UPG-15")]
    [Trait("Behaviour", "engine.io/test/server.js:3147")]
    public async Task Handshake_tells_of_the_first_request_alone()
    {
        await using var client = await PollingClient.OpenAsync(
            Server, Path, extra: "&a=1&a=2&b=x+y%20z&%C3%A9=%E2%82%AC&empty=&flag", headers: [("X-Custom", "Value"), ("Origin", "http://other")]);
        await using var socket = await RawWebSocket.ConnectAsync(Server, client.UpgradeTarget + "&a=3", ("X-Custom", "Later"));
        await socket.SendTextAsync("5");

        await socket.SendTextAsync("40/abc,{\"token\":\"é\"}");
        Assert.StartsWith("40/abc,{", (await socket.ReceiveAsync()).Text, StringComparison.Ordinal);
        string packet = (await socket.ReceiveAsync()).Text;

        const string Prefix = "42/abc,[\"handshake\",";
        Assert.StartsWith(Prefix, packet, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(packet[(Prefix.Length - "[\"handshake\",".Length)..]);
        var handshake = json.RootElement[1];
        Assert.Equal(
            ["headers", "time", "address", "xdomain", "secure", "issued", "url", "query", "auth"],
            handshake.EnumerateObject().Select(property => property.Name));
        Assert.Equal("Value", handshake.GetProperty("headers").GetProperty("x-custom").GetString());
        Assert.Equal("http://other", handshake.GetProperty("headers").GetProperty("origin").GetString());
        Assert.Equal("127.0.0.1", handshake.GetProperty("address").GetString());
        Assert.True(handshake.GetProperty("xdomain").GetBoolean());
        Assert.False(handshake.GetProperty("secure").GetBoolean());
        Assert.Equal(
            "/socket.io/?EIO=4&transport=polling&a=1&a=2&b=x+y%20z&%C3%A9=%E2%82%AC&empty=&flag", handshake.GetProperty("url").GetString());
        Assert.Equal(
            "EIO=4;transport=polling;a=2;b=x y z;é=€;empty=;flag=",
            string.Join(';', handshake.GetProperty("query").EnumerateObject().Select(p => $"{p.Name}={p.Value.GetString()}")));
        Assert.Equal("{\"token\":\"é\"}", handshake.GetProperty("auth").GetRawText());
        var issued = DateTimeOffset.FromUnixTimeMilliseconds(handshake.GetProperty("issued").GetInt64());
        Assert.InRange(issued, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
        // JavaScript's "Mon Nov 23 2026 11:33:09 GMT+0000 (Coordinated Universal Time)", or ISO 8601.
        string time = handshake.GetProperty("time").GetString()!;
        string date = time.Split(" GMT")[0];
        Assert.True(DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed), time);
        Assert.True((parsed - issued).Duration() < TimeSpan.FromSeconds(2), time);
    }

    [Fact]
    [Trait("Spec", "EIO-URL-08")]
    public async Task Handshake_can_be_asked_for_on_the_main_namespace()
    {
        await using var client = await ConnectAsync("&x=42");

        await client.SendAsync("421[\"getHandshake\"]");

        string packet = await client.ReceiveTextAsync();
        Assert.StartsWith("431[{\"headers\":{", packet, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(packet[3..]);
        Assert.Equal("42", json.RootElement[0].GetProperty("query").GetProperty("x").GetString());
        Assert.Equal("{}", json.RootElement[0].GetProperty("auth").GetRawText());
        Assert.False(json.RootElement[0].GetProperty("xdomain").GetBoolean());
    }

    [Fact]
    [Trait("Spec", "PRO-TRB-01")]
    public async Task Handshake_has_the_defaults()
    {
        await using var client = await OpenPollingAsync();

        Assert.Equal(
            $$"""0{"sid":"{{client.Sid}}","upgrades":["websocket"],"pingInterval":2000,"pingTimeout":20000,"maxPayload":1000000}""",
            client.OpenResponse.Text);
    }

    private async Task<SocketClient> ConnectAsync(string extra = "")
    {
        var client = await OpenWebSocketAsync(extra);
        await client.SendAsync("40");
        SidOf(await client.ReceiveTextAsync());
        return client;
    }

    private static string SidOf(string grant)
    {
        using var json = JsonDocument.Parse(grant[grant.IndexOf('{', StringComparison.Ordinal)..]);
        return json.RootElement.GetProperty("sid").GetString()!;
    }

    // Recovery is on: every event without an acknowledgement id ends with its offset.
    private static async Task<string> ReceiveAsync(SocketClient client)
    {
        string packet = await client.ReceiveTextAsync();
        if (!Regex.IsMatch(packet, "^4(2|5[0-9]+-)(/[^,]*,)?\\[")) return packet;
        Assert.Matches(",\"[0-9A-Za-z_.-]{7,}\"\\]$", packet);
        return packet[..packet.LastIndexOf(',')] + "]";
    }
}
