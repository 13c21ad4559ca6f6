namespace Conformance.Tests.Socket;

/// <summary>Mode <c>sio</c> with <c>--allow-eio3</c>: clients of Socket.IO v2.</summary>
public sealed class Version2Tests(ConformanceServers servers) : ModeTests(servers, "sio", "/socket.io/")
{
    [Fact]
    [Trait("Spec", "PRO-SES-05")]
    [Trait("Spec", "SIO4-01")]
    [Trait("Spec", "EIO-HB-09")]
    public async Task Polling_session_joins_the_main_namespace_by_itself()
    {
        await using var http = await RawHttp.ConnectAsync(Server);
        const string Base = "/socket.io/?EIO=3&transport=polling&b64=1&t=";
        await http.SendAsync("GET", Base + "1");
        string open = (await http.ReadAsync()).Text;
        string sid = open.Split('"')[3];
        string json = $"0{{\"sid\":\"{sid}\",\"upgrades\":[\"websocket\"],\"pingInterval\":2000,\"pingTimeout\":20000,\"maxPayload\":1000000}}";
        Assert.Equal($"{json.Length}:{json}", open[..(json.Length + 4)]);

        string rest = open[(json.Length + 4)..];
        if (rest.Length == 0)
        {
            await http.SendAsync("GET", $"{Base}2&sid={sid}");
            rest = (await http.ReadAsync()).Text;
        }

        Assert.Equal("2:40", rest);
        await http.SendAsync("POST", $"{Base}3&sid={sid}", "8:42[\"hi\"]");
        Assert.Equal("ok", (await http.ReadAsync()).Text);
        await http.SendAsync("GET", $"{Base}4&sid={sid}");
        Assert.Matches("^[0-9]+:42\\[\"hi\",\"[0-9A-Za-z_.-]{7,}\"\\]$", (await http.ReadAsync()).Text);
        await http.SendAsync("POST", $"{Base}5&sid={sid}", "1:2");
        Assert.Equal("ok", (await http.ReadAsync()).Text);
        await http.SendAsync("GET", $"{Base}6&sid={sid}");
        Assert.Equal("1:3", (await http.ReadAsync()).Text);
    }

    [Fact]
    [Trait("Spec", "SIO4-02")]
    [Trait("Spec", "SIO4-03")]
    public async Task Other_namespaces_are_granted_without_a_payload_and_ids_tell_the_session()
    {
        await using var client = await OpenWebSocketAsync(revision: 3);
        Assert.Equal("40", await client.ReceiveTextAsync());

        await client.SendAsync("40/foo?token=abc,");
        Assert.Equal("40/foo,", await client.ReceiveTextAsync());
        await client.SendAsync("42/foo,1[\"getId\"]");
        Assert.Equal($"43/foo,1[\"/foo#{client.Sid}\"]", await client.ReceiveTextAsync());
        await client.SendAsync("422[\"getId\"]");
        Assert.Equal($"432[\"{client.Sid}\"]", await client.ReceiveTextAsync());
    }

    [Fact]
    [Trait("Spec", "SIO4-02")]
    public async Task Query_of_a_namespace_is_its_auth()
    {
        await using var client = await OpenWebSocketAsync(revision: 3);
        Assert.Equal("40", await client.ReceiveTextAsync());

        await client.SendAsync("40/abc?token=a%20b&x=1,");

        Assert.Equal("40/abc,", await client.ReceiveTextAsync());
        Assert.Matches("\"auth\":{\"token\":\"a b\",\"x\":\"1\"}},\"[0-9A-Za-z_.-]{7,}\"\\]$", await client.ReceiveTextAsync());
    }

    [Fact]
    [Trait("Spec", "SIO4-04")]
    [Trait("Spec", "SIO4-07")]
    public async Task Refusals_are_plain_strings_and_do_not_close_the_session()
    {
        await using var client = await OpenWebSocketAsync("&fail=1", revision: 3);
        Assert.Equal("44\"Auth failed (main namespace)\"", await client.ReceiveTextAsync());

        await client.SendAsync("40/no,");
        Assert.Equal("44/no,\"Auth failed (custom namespace)\"", await client.ReceiveTextAsync());
        await client.SendAsync("40/nowhere,");
        Assert.Equal("44/nowhere,{\"message\":\"Invalid namespace\"}", await client.ReceiveTextAsync());
        await client.SendAsync("40/valid,");
        Assert.Equal("40/valid,", await client.ReceiveTextAsync());
    }

    [Fact]
    [Trait("Spec", "SIO4-06")]
    [Trait("Spec", "EIO3-06")]
    public async Task Binary_events_have_typed_frames()
    {
        await using var client = await OpenWebSocketAsync(revision: 3);
        Assert.Equal("40", await client.ReceiveTextAsync());

        await client.SendAsync("451-[\"buffa\",{\"_placeholder\":true,\"num\":0}]");
        await client.SendAsync(4, 1, 2);
        await client.SendAsync("42[\"doge\"]");

        Assert.Matches("^42\\[\"buffack\",\"[0-9A-Za-z_.-]{7,}\"\\]$", await client.ReceiveTextAsync());
        Assert.Matches("^451-\\[\"doge\",{\"_placeholder\":true,\"num\":0},\"[0-9A-Za-z_.-]{7,}\"\\]$", await client.ReceiveTextAsync());
        Assert.Equal([4, .. "asdfasdf"u8], (await client.ReceiveAsync()).Data);
    }

    [Fact]
    [Trait("Spec", "SIO4-01")]
    public async Task Current_clients_are_served_beside()
    {
        await using var client = await OpenWebSocketAsync();

        await client.SendAsync("40");

        Assert.StartsWith("40{\"sid\":\"", await client.ReceiveTextAsync(), StringComparison.Ordinal);
    }
}
