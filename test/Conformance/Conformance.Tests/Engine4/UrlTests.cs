namespace Conformance.Tests.Engine4;

public sealed class UrlTests(ConformanceServers servers) : ModeTests(servers, "eio4", "/engine.io/")
{
    [Theory]
    [Trait("Spec", "EIO-URL-01")]
    [Trait("Spec", "EIO-URL-03")]
    [InlineData("/engine.io/")]
    [InlineData("/engine.io/foo/bar")]
    [InlineData("/engine.io//")]
    public async Task Path_and_everything_below_it_are_captured(string path)
    {
        var response = await RawHttp.GetAsync(Server, path + "?EIO=4&transport=polling");

        Assert.Equal(200, response.Status);
        Assert.StartsWith("0{\"sid\":\"", response.Text, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Spec", "EIO-URL-04")]
    [Trait("Spec", "EIO-HTTP-18")]
    [InlineData("/engine.io")]
    [InlineData("/engine.iofoo/")]
    [InlineData("/socket.io/")]
    [InlineData("/")]
    public async Task Other_paths_are_not_captured(string path)
    {
        var response = await RawHttp.GetAsync(Server, path + "?EIO=4&transport=polling");

        Assert.Equal(404, response.Status);
    }

    [Fact]
    [Trait("Spec", "EIO-URL-06")]
    public async Task Upgrade_on_another_path_is_refused()
    {
        await using var http = await RawHttp.ConnectAsync(Server);
        await http.SendAsync("GET", "/other/?EIO=4&transport=websocket", (byte[]?)null, RawWebSocket.UpgradeHeaders());

        try
        {
            Assert.Equal(404, (await http.ReadAsync()).Status);
        }
        catch (WireClosedException)
        {
            // The reference ends the connection without a word, after a second.
            Assert.True(ConformanceServers.IsReference);
        }
    }

    [Theory]
    [Trait("Spec", "EIO-URL-08")]
    [InlineData("?EIO=3&EIO=4&transport=udp&transport=polling")]
    [InlineData("?%45IO=%34&transport=poll%69ng")]
    [InlineData("?EIO=4&transport=polling&sid=")]
    [InlineData("?EIO=4&transport=polling&&a&=&b==&%zz=1&c=%")]
    public async Task Query_is_decoded_as_a_form_and_the_last_duplicate_wins(string query)
    {
        var response = await RawHttp.GetAsync(Server, Path + query);

        Assert.Equal(200, response.Status);
    }

    [Theory]
    [Trait("Spec", "EIO-URL-08")]
    [InlineData("?EIO=4&transport=polling&transport=udp", 0)]
    [InlineData("?EIO=4&Transport=polling", 0)]
    [InlineData("?EIO=4&transport=Polling", 0)]
    [InlineData("?EIO=4+&transport=polling", 5)]
    [InlineData("?eio=4&transport=polling", 5)]
    [InlineData("?EIO=4&transport=polling&SID=x&sid=y", 1)]
    public async Task Names_and_values_are_compared_exactly(string query, int code) =>
        AssertError(await RawHttp.GetAsync(Server, Path + query), code);
}
