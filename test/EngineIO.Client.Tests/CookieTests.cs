namespace EngineIO.Client.Tests;

/// <summary>Cookies, such as those of a sticky balancer.</summary>
public sealed class CookieTests
{
    private static readonly string[] s_cookies =
        ["1=1; MAX-AGE=86400", "2=2; pAtH=/; HttpOnly; SameSite=Strict", "3=3; Max-Age=0", "4=4; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "5=5; Domain=elsewhere.example"];

    [Theory]
    [Trait("Spec", "CLI-COOK-01")]
    [Trait("Spec", "CLI-COOK-02")]
    [Trait("Spec", "CLI-COOK-04")]
    [Trait("Spec", "CLI-COOK-05")]
    [Trait("Spec", "CLI-OPT-41")]
    [InlineData(true, "1=1; 2=2; own=1")]
    [InlineData(false, "own=1")]
    [Trait("Behaviour", "engine.io-client/test/node.js:61")]
    [Trait("Behaviour", "engine.io-client/test/node.js:85")]
    public async Task Cookies_are_sent_back_on_both_transports_where_that_is_asked_for(bool withCredentials, string expected)
    {
        await using var server = Start();
        await using var engine = await EngineClient.ConnectAsync(
            server.Address, new EngineClientOptions { WithCredentials = withCredentials, ExtraHeaders = { ["Cookie"] = "own=1" }, CloseTimeout = TimeSpan.FromMilliseconds(200) });
        engine.Enqueue(EngineFrame.Message("x"));
        await server.NextPostAsync();
        await server.NextWebSocketAsync();
        var requests = await server.Server.RequestsAsync(4);

        Assert.Equal("own=1", requests[0].Header("cookie"));
        Assert.All(requests.Skip(1), request => Assert.Equal(expected, Sorted(request.Header("cookie"))));
        Assert.Contains(requests, request => request.Query["transport"] == "websocket");
    }

    [Fact]
    [Trait("Spec", "CLI-COOK-03")]
    public async Task Session_begins_with_no_cookies_unless_it_is_given_some()
    {
        await using var server = Start();
        foreach (var options in (EngineClientOptions[])[new() { Cookies = new() }, new() { WithCredentials = true }])
        {
            options.Transports = ["polling"];
            for (int i = 0; i < 2; i++)
            {
                await using var engine = await EngineClient.ConnectAsync(server.Address, options);
            }
        }

        var handshakes = await server.Server.RequestsAsync(4, request => !request.Query.ContainsKey("sid"));
        Assert.Equal(["", "1=1; 2=2", "", ""], handshakes.Select(request => Sorted(request.Header("cookie"))));
    }

    [Theory]
    [Trait("Spec", "CLI-COOK-04")]
    [InlineData("foo=bar", "foo=bar")]
    [InlineData("foo=bar; Path=/; Expires=Fri, 01 Jan 2100 10:01:11 GMT; HttpOnly; SameSite=strict", "foo=bar")]
    [InlineData("foo=bar=bar&foo=foo&John=Doe&Doe=John; Path=/; HttpOnly", "foo=bar=bar&foo=foo&John=Doe&Doe=John")]
    [InlineData("foo=bar; MAX-AGE=1000", "foo=bar")]
    [InlineData("foo=bar; max-age=0", null)]
    [InlineData("foo=bar; eXPIRES=Thu, 01 Jan 1970 00:00:00 GMT", null)]
    [InlineData("foo=bar; pAtH=/elsewhere", null)]
    [InlineData("foo=bar; Expires=whenever", null)]
    [InlineData("foo=bar; Max-Age=long", null)]
    [InlineData("foo=bar; Domain=.example.com", null)]
    [InlineData("foo=bar; Secure", null)]
    [InlineData("foo=\"bar\"", "foo=\"bar\"")]
    [Trait("Behaviour", "engine.io-client/test/node.js:109")]
    [Trait("Behaviour", "engine.io-client/test/node.js:118")]
    [Trait("Behaviour", "engine.io-client/test/node.js:129")]
    public async Task Attributes_decide_whether_a_cookie_is_sent_back(string set, string? sent)
    {
        await using var server = Start(set);
        await using var engine = await EngineClient.ConnectAsync(server.Address, new EngineClientOptions { WithCredentials = true, Transports = ["polling"] });
        var requests = await server.Server.RequestsAsync(2);

        Assert.Equal(sent, requests[1].Header("cookie"));
    }

    [Theory]
    [Trait("Spec", "CLI-COOK-04")]
    [InlineData("foo=; Max-Age=0", null)]
    [InlineData("foo=; Expires=whenever", "foo=bar")]
    public async Task Cookie_is_deleted_by_a_time_that_is_one(string deletion, string? sent)
    {
        await using var server = new ScriptedEngine { Intercept = async exchange =>
        {
            bool isFirst = !exchange.Request.Query.ContainsKey("sid");
            if (!isFirst && exchange.Request.Header("cookie") != "foo=bar") return false;
            await exchange.AnswerAsync(200, isFirst ? ScriptedEngine.Open() : "6", ("Set-Cookie", isFirst ? "foo=bar" : deletion));
            return true;
        } };
        var options = new EngineClientOptions { WithCredentials = true, Transports = ["polling"] };
        await using var engine = await EngineClient.ConnectAsync(server.Address, options);
        var requests = await server.Server.RequestsAsync(3);

        Assert.Equal("foo=bar", requests[1].Header("cookie"));
        Assert.Equal(sent, requests[2].Header("cookie"));
    }

    private static ScriptedEngine Start(params string[] cookies) => new()
    {
        Intercept = async exchange =>
        {
            if (exchange.Request.Query.ContainsKey("sid")) return false;
            await exchange.AnswerAsync(200, ScriptedEngine.Open("\"websocket\""), [.. (cookies.Length == 0 ? s_cookies : cookies).Select(cookie => ("Set-Cookie", cookie))]);
            return true;
        },
    };

    private static string Sorted(string? cookies) => string.Join("; ", (cookies ?? "").Split("; ").Order(StringComparer.Ordinal));
}
