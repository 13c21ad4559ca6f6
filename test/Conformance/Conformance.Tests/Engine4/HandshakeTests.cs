using System.Globalization;
using System.Text.RegularExpressions;

namespace Conformance.Tests.Engine4;

public sealed partial class HandshakeTests(ConformanceServers servers) : ModeTests(servers, "eio4", "/engine.io/")
{
    [Fact]
    [Trait("Spec", "EIO-HS-01")]
    [Trait("Spec", "EIO-HS-02")]
    [Trait("Spec", "EIO-HS-05")]
    [Trait("Spec", "EIO-HTTP-01")]
    public async Task Polling_handshake_is_byte_exact()
    {
        await using var client = await OpenPollingAsync();

        string expected = $$"""0{"sid":"{{client.Sid}}","upgrades":["websocket"],"pingInterval":300,"pingTimeout":200,"maxPayload":1000000}""";
        Assert.Equal(expected, client.OpenResponse.Text);
        Assert.Equal("text/plain; charset=UTF-8", client.OpenResponse.ContentType);
        Assert.Equal(expected.Length.ToString(CultureInfo.InvariantCulture), client.OpenResponse.Header("content-length"));
        Assert.Equal("no-store", client.OpenResponse.Header("cache-control"));
        Assert.Null(client.OpenResponse.Header("set-cookie"));
    }

    [Fact]
    [Trait("Spec", "EIO-HS-03")]
    [Trait("Spec", "EIO-HS-04")]
    [Trait("Spec", "EIO-HTTP-14")]
    public async Task Websocket_handshake_offers_no_upgrade()
    {
        await using var client = await OpenWebSocketAsync();

        Assert.Equal(
            $$"""0{"sid":"{{client.Sid}}","upgrades":[],"pingInterval":300,"pingTimeout":200,"maxPayload":1000000}""", client.OpenPacket);
        Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", client.WebSocket.Upgrade.Header("sec-websocket-accept"));
    }

    [Fact]
    [Trait("Spec", "EIO-HS-06")]
    [Trait("Spec", "SEC-HS-05")]
    public async Task Session_ids_have_twenty_url_safe_characters_and_differ_in_their_random_part()
    {
        var ids = new List<string>();
        await using var http = await RawHttp.ConnectAsync(Server);
        for (int i = 0; i < 50; i++)
        {
            await http.SendAsync("GET", Path + "?EIO=4&transport=polling");
            ids.Add((await http.ReadAsync()).Text.Split('"')[3]);
        }

        Assert.All(ids, id => Assert.Matches(SessionId(), id));
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(ids.Count, ids.Select(id => id[..16]).Distinct().Count());
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{20}$")]
    private static partial Regex SessionId();
}
