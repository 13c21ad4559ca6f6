using EngineIO.Client.Http;

namespace EngineIO.Client.Tests;

/// <summary>Where requests go.</summary>
public sealed class UrlTests
{
    [Theory]
    [Trait("Spec", "CLI-URL-03")]
    [Trait("Spec", "CLI-URL-04")]
    [Trait("Spec", "CLI-URL-06")]
    [Trait("Spec", "CLI-URL-07")]
    [InlineData("http://localhost", "http://localhost/engine.io/", "ws://localhost/engine.io/")]
    [InlineData("http://localhost:80", "http://localhost/engine.io/", "ws://localhost/engine.io/")]
    [InlineData("http://localhost:3000", "http://localhost:3000/engine.io/", "ws://localhost:3000/engine.io/")]
    [InlineData("ws://localhost:3000/ignored/path#fragment", "http://localhost:3000/engine.io/", "ws://localhost:3000/engine.io/")]
    [InlineData("https://localhost", "https://localhost/engine.io/", "wss://localhost/engine.io/")]
    [InlineData("https://localhost:443", "https://localhost/engine.io/", "wss://localhost/engine.io/")]
    [InlineData("wss://localhost:3000", "https://localhost:3000/engine.io/", "wss://localhost:3000/engine.io/")]
    [InlineData("http://[::1]", "http://[::1]/engine.io/", "ws://[::1]/engine.io/")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080/engine.io/", "ws://[::1]:8080/engine.io/")]
    [InlineData("http://user:secret@localhost", "http://localhost/engine.io/", "ws://localhost/engine.io/")]
    [Trait("Behaviour", "engine.io-client/test/engine.io-client.js:27")]
    [Trait("Behaviour", "engine.io-client/test/engine.io-client.js:32")]
    [Trait("Behaviour", "engine.io-client/test/engine.io-client.js:38")]
    [Trait("Behaviour", "engine.io-client/test/engine.io-client.js:44")]
    [Trait("Behaviour", "engine.io-client/test/engine.io-client.js:68")]
    [Trait("Behaviour", "engine.io-client/test/engine.io-client.js:74")]
    [Trait("Behaviour", "engine.io-client/test/transport.js:81")]
    [Trait("Behaviour", "engine.io-client/test/transport.js:93")]
    [Trait("Behaviour", "engine.io-client/test/transport.js:107")]
    [Trait("Behaviour", "engine.io-client/test/transport.js:131")]
    [Trait("Behaviour", "engine.io-client/test/transport.js:157")]
    [Trait("Behaviour", "engine.io-client/test/transport.js:168")]
    [Trait("Behaviour", "engine.io-client/test/transport.js:179")]
    [Trait("Behaviour", "engine.io-client/test/transport.js:190")]
    [Trait("Behaviour", "engine.io-client/test/transport.js:213")]
    [Trait("Behaviour", "engine.io-client/test/transport.js:224")]
    public void Scheme_host_and_port_count(string url, string polling, string webSocket)
    {
        Assert.StartsWith(polling + "?EIO=4&transport=polling&t=", Url(url, "polling"), StringComparison.Ordinal);
        Assert.Equal(webSocket + "?EIO=4&transport=websocket", Url(url, "websocket"));
    }

    [Theory]
    [Trait("Spec", "CLI-OPT-30")]
    [Trait("Spec", "CLI-OPT-31")]
    [Trait("Spec", "EIO-URL-01")]
    [InlineData("/x", true, "/x/")]
    [InlineData("/x/", true, "/x/")]
    [InlineData("/x", false, "/x")]
    [InlineData("/x/", false, "/x")]
    [InlineData("", true, "/")]
    [Trait("Behaviour", "engine.io-client/test/engine.io-client.js:62")]
    public void Path_ends_with_one_slash_or_none(string path, bool addTrailingSlash, string expected) =>
        Assert.StartsWith($"ws://h{expected}?", Url("http://h", "websocket", new() { Path = path, AddTrailingSlash = addTrailingSlash }), StringComparison.Ordinal);

    [Fact]
    [Trait("Spec", "CLI-URL-05")]
    [Trait("Spec", "CLI-OPT-32")]
    [Trait("Spec", "EIO-URL-09")]
    [Trait("Spec", "EIO-URL-10")]
    [Trait("Behaviour", "engine.io-client/test/transport.js:70")]
    public void Query_of_the_url_and_of_the_options_are_merged()
    {
        var options = new EngineClientOptions { Query = { ["v"] = "of option", ["transport"] = "x", ["EIO"] = "9", ["sid"] = "stolen", ["w"] = "é&=" } };

        Assert.Equal(
            "ws://h/engine.io/?u=1&v=of%20option&plus=a%2Bb&w=%C3%A9%26%3D&EIO=4&transport=websocket&sid=S",
            Url("http://h?u=1&v=%20b&plus=a+b", "websocket", options, "S"));
        Assert.Contains("v=%20b&", Url("http://h?u=1&v=%20b", "websocket"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "CLI-OPT-38")]
    [Trait("Spec", "CLI-OPT-39")]
    [Trait("Behaviour", "engine.io-client/test/engine.io-client.js:104")]
    [Trait("Behaviour", "engine.io-client/test/transport.js:145")]
    [Trait("Behaviour", "engine.io-client/test/transport.js:201")]
    public void Timestamp_is_eight_characters_and_another_for_each_request()
    {
        var polling = Target("polling", new() { TimestampParam = "ts" });
        string[] stamps = [.. Enumerable.Range(0, 100).Select(_ => polling.Next(null).Query.Split("&ts=")[1])];

        Assert.All(stamps, stamp => Assert.Equal(8, stamp.Length));
        Assert.Equal(100, stamps.Distinct().Count());
        Assert.DoesNotContain("t=", Url("http://h", "polling", new() { TimestampRequests = false }).Replace("transport=", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Matches("^ws://h/engine.io/[?]EIO=4&transport=websocket&woot=[0-9A-Za-z-_]{8}$", Url("http://h", "websocket", new() { TimestampRequests = true, TimestampParam = "woot" }));
    }

    [Fact]
    [Trait("Spec", "CLI-OPT-37")]
    [Trait("Spec", "CLI-POLL-10")]
    public void Base64_is_asked_for_once_on_polling_and_always_on_WebSocket()
    {
        var options = new EngineClientOptions { ForceBase64 = true };

        Assert.Contains("&b64=1", Url("http://h", "polling", options), StringComparison.Ordinal);
        Assert.DoesNotContain("b64", Url("http://h", "polling", options, "S"), StringComparison.Ordinal);
        Assert.Contains("&sid=S&b64=1", Url("http://h", "websocket", options, "S"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "CLI-OPT-42")]
    public void Transport_has_options_of_its_own()
    {
        var options = new EngineClientOptions
        {
            Query = { ["a"] = "1", ["b"] = "2" },
            TransportOptions = { ["websocket"] = new() { Path = "/ws/", AddTrailingSlash = false, Query = new Dictionary<string, string?> { ["b"] = "3" }, TimestampRequests = true } },
        };

        Assert.StartsWith("ws://h/ws?a=1&b=3&EIO=4&transport=websocket&t=", Url("http://h", "websocket", options), StringComparison.Ordinal);
        Assert.StartsWith("http://h/engine.io/?a=1&b=2&EIO", Url("http://h", "polling", options), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "CLI-URL-08")]
    [Trait("Spec", "CLI-URL-09")]
    public void Url_that_leads_nowhere_is_refused()
    {
        Assert.Contains("relative", Assert.ThrowsAny<ArgumentException>(() => new EngineClient(new Uri("/x", UriKind.Relative))).Message, StringComparison.Ordinal);
        Assert.Contains("ftp", Assert.ThrowsAny<ArgumentException>(() => new EngineClient(new Uri("ftp://h"))).Message, StringComparison.Ordinal);
        Assert.Contains("URI too long", Assert.ThrowsAny<ArgumentException>(() => new EngineClient(new Uri("http://h?" + new string('x', 8000)))).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => new EngineClient(null!));
    }

    [Fact]
    public async Task Same_query_and_other_timestamps_go_with_every_request()
    {
        await using var server = new ScriptedEngine();
        await using var engine = await EngineClient.ConnectAsync(new Uri(server.Address, "?u=1"), new EngineClientOptions { Upgrade = false });
        engine.Enqueue(EngineFrame.Message("x"));
        await server.NextPostAsync();
        var requests = await server.Server.RequestsAsync(3);

        Assert.All(requests, request => Assert.Equal("1", request.Query["u"]));
        Assert.Equal(3, requests.Select(request => request.Query["t"]).Distinct().Count());
        Assert.Equal([null, ScriptedEngine.Sid, ScriptedEngine.Sid], requests.Select(request => request.Query.GetValueOrDefault("sid")));
    }

    private static string Url(string url, string transport, EngineClientOptions? options = null, string? sid = null) => Target(transport, options ?? new(), url).Next(sid).AbsoluteUri;

    private static RequestTarget Target(string transport, EngineClientOptions options, string url = "http://h") => new(new ServerAddress(new Uri(url)), options, transport);
}
