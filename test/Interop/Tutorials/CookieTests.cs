using System.Collections.Concurrent;
using EngineIO.AspNetCore;
using SocketIO;
using SocketIO.AspNetCore;
using TestKit;

namespace Interop.Tests.Tutorials;

/// <summary>https://socket.io/docs/v4/handling-cors/#credential-is-not-supported-if-the-cors-header-access-control-allow-origin-is-, and cookies for sticky sessions,
/// https://socket.io/docs/v4/using-multiple-nodes/. In a browser: <see cref="CorsTests"/>.</summary>
[Trait("Spec", "SRV-SCN-08")]
public sealed class CookieTests
{
    [Fact]
    public async Task OnTheWire()
    {
        await using var server = await StartAsync();
        await using var client = await PollingClient.OpenAsync(
            server.BaseAddress, "/socket.io/", headers: [("Origin", "https://app.example"), ("Cookie", "session=abcd")]);
        Assert.Equal("https://app.example", client.OpenResponse.Header("access-control-allow-origin"));
        Assert.Equal("true", client.OpenResponse.Header("access-control-allow-credentials"));
        Assert.Equal($"io={client.Sid}; Path=/; HttpOnly; SameSite=Lax", client.OpenResponse.Header("set-cookie"));
        await client.SendAsync("40");
        Assert.StartsWith("40{", await client.ReceiveAsync());
        await client.SendAsync("420[\"cookie\"]");
        Assert.Equal("430[\"session=abcd\"]", await client.ReceiveAsync());
    }

    [Fact]
    public async Task WithTheOfficialClient()
    {
        await using var server = await StartAsync();
        await Tutorial.RunAsync(server, "cookie");
    }

    private static Task<WebServer> StartAsync() => Tutorial.StartAsync(
        io =>
        {
            // What a load balancer sees of each request after the handshake.
            var affinities = new ConcurrentQueue<string>();
            io.Engine.Use((request, next) =>
            {
                if (!request.IsHandshake) affinities.Enqueue(request.HttpContext.Request.Cookies["io"] == request.Sid ? "same" : "other");
                return next();
            });
            io.OnConnection(socket =>
            {
                socket.OnRequest("cookie", () => socket.Handshake.Headers.GetValueOrDefault("cookie"));
                socket.OnRequest("affinities", () => affinities.Distinct().ToArray());
            });
        },
        options =>
        {
            options.Cors = new EngineCorsOptions { Origins = { "https://app.example" }, Credentials = true };
            options.Cookie = new EngineCookieOptions();
        });
}
