using Microsoft.AspNetCore.Http;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Requests;

/// <summary>The session cookie of the polling handshake.</summary>
public sealed class CookieTests
{
    [Fact]
    [Trait("Spec", "EIO-COOK-01")]
    [Trait("Behaviour", "engine.io/test/server.js:410")]
    public async Task There_is_none_by_default()
    {
        await using var server = await RequestServer.StartAsync();

        Assert.Null((await server.GetAsync(RequestServer.Polling)).Header("Set-Cookie"));
    }

    [Fact]
    [Trait("Spec", "EIO-COOK-01")]
    [Trait("Spec", "EIO-COOK-03")]
    [Trait("Spec", "EIO-COOK-04")]
    [Trait("Behaviour", "engine.io/test/server.js:281")]
    [Trait("Behaviour", "engine.io/test/server.js:346")]
    public async Task First_answer_alone_carries_it_and_the_server_does_not_read_it()
    {
        await using var server = await RequestServer.StartAsync(options => options.Cookie = new EngineCookieOptions());
        await using var polling = await PollingClient.OpenAsync(server.Address, headers: ("Cookie", "io=foreign"));

        Assert.Equal($"io={polling.Sid}; Path=/; HttpOnly; SameSite=Lax", polling.OpenResponse.Header("Set-Cookie"));
        var post = await polling.PostAsync("4a", ("Cookie", "io=foreign"));
        Assert.Equal("ok", post.Text);
        Assert.Null(post.Header("Set-Cookie"));
        server.Sessions.Single().Post(EngineFrame.Message("b"));
        var get = await polling.GetAsync();
        Assert.Equal("4b", get.Text);
        Assert.Null(get.Header("Set-Cookie"));
        await using var upgrade = await RawWebSocket.ConnectAsync(server.Address, polling.UpgradeTarget);
        Assert.Null(upgrade.Upgrade.Header("Set-Cookie"));
        Assert.Null((await server.GetAsync("/engine.io/?transport=udp")).Header("Set-Cookie"));
    }

    [Fact]
    [Trait("Spec", "EIO-COOK-03")]
    [Trait("Behaviour", "engine.io/test/server.js:3626")]
    public async Task WebSocket_handshake_has_none()
    {
        await using var server = await RequestServer.StartAsync(options => options.Cookie = new EngineCookieOptions());
        await using var client = await SocketClient.OpenAsync(server.Address);

        Assert.Null(client.WebSocket.Upgrade.Header("Set-Cookie"));
    }

    [Fact]
    [Trait("Spec", "EIO-COOK-02")]
    public async Task All_attributes_come_in_the_order_of_the_reference()
    {
        var cookie = new EngineCookieOptions
        {
            MaxAge = TimeSpan.FromSeconds(86400.9),
            Domain = "ex.com",
            Expires = DateTimeOffset.UnixEpoch.ToOffset(TimeSpan.FromHours(2)),
            Secure = true,
            Partitioned = true,
            Priority = "High",
            SameSite = SameSiteMode.None,
        };

        Assert.Equal(
            "io=S; Max-Age=86400; Domain=ex.com; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; Partitioned; Priority=High; SameSite=None",
            await SetCookieAsync(cookie, "S"));
    }

    [Theory]
    [InlineData(SameSiteMode.Strict, "; SameSite=Strict")]
    [InlineData(SameSiteMode.Lax, "; SameSite=Lax")]
    [InlineData(SameSiteMode.None, "; SameSite=None")]
    [InlineData(SameSiteMode.Unspecified, "")]
    [Trait("Spec", "EIO-COOK-02")]
    [Trait("Behaviour", "engine.io/test/server.js:298")]
    [Trait("Behaviour", "engine.io/test/server.js:330")]
    [Trait("Behaviour", "engine.io/test/server.js:362")]
    [Trait("Behaviour", "engine.io/test/server.js:378")]
    public async Task Attributes_can_be_left_out(SameSiteMode sameSite, string text)
    {
        var cookie = new EngineCookieOptions { Name = "n", Path = null, HttpOnly = false, SameSite = sameSite };

        Assert.Equal("n=S" + text, await SetCookieAsync(cookie, "S"));
    }

    [Fact]
    [Trait("Spec", "EIO-COOK-02")]
    [Trait("Behaviour", "engine.io/test/server.js:314")]
    public async Task Path_is_an_option() =>
        Assert.Equal("io=S; Path=/custom; HttpOnly; SameSite=Lax", await SetCookieAsync(new EngineCookieOptions { Path = "/custom" }, "S"));

    [Fact]
    [Trait("Spec", "EIO-COOK-02")]
    public async Task Value_is_percent_encoded_unless_encoded_otherwise()
    {
        Assert.Equal("io=a%3Bb%20%C3%A9; Path=/; HttpOnly; SameSite=Lax", await SetCookieAsync(new EngineCookieOptions(), "a;b é"));
        Assert.Equal(
            "io=<a>; Path=/; HttpOnly; SameSite=Lax", await SetCookieAsync(new EngineCookieOptions { Encode = sid => $"<{sid}>" }, "a"));
    }

    private static async Task<string?> SetCookieAsync(EngineCookieOptions cookie, string sid)
    {
        await using var server = await RequestServer.StartAsync(options =>
        {
            options.Cookie = cookie;
            options.GenerateId = _ => new(sid);
        });
        return (await server.GetAsync(RequestServer.Polling)).Header("Set-Cookie");
    }
}
