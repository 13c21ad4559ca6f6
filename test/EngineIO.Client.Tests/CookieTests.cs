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

    private static ScriptedEngine Start() => new()
    {
        Intercept = async exchange =>
        {
            if (exchange.Request.Query.ContainsKey("sid")) return false;
            await exchange.AnswerAsync(200, ScriptedEngine.Open("\"websocket\""), [.. s_cookies.Select(cookie => ("Set-Cookie", cookie))]);
            return true;
        },
    };

    private static string Sorted(string? cookies) => string.Join("; ", (cookies ?? "").Split("; ").Order(StringComparer.Ordinal));
}
