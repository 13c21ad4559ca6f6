using SocketIO;
using SocketIO.AspNetCore;
using TestKit;

namespace Interop.Tests.Tutorials;

/// <summary>https://socket.io/docs/v4/middlewares/#handling-middleware-error</summary>
[Trait("Spec", "SRV-SCN-07")]
public sealed class TokenTests
{
    [Fact]
    public async Task OnTheWire()
    {
        await using var server = await StartAsync();
        foreach (var auth in (string[])["", "{}", "{\"token\":null}", "{\"token\":\"abcd\"}"])
        {
            Assert.Equal(
                "44{\"message\":\"invalid credentials\",\"data\":{\"content\":\"Please retry later\"}}",
                await WireClient.ConnectInVainAsync(server, auth: auth));
        }

        await using var client = await WireClient.ConnectAsync(server, auth: "{\"token\":\"efgh\"}");
        await client.SendAsync("420[\"who am I\"]");
        await client.ExpectAsync("430[\"bearer of efgh\"]");
        Assert.Empty(server.Log.Errors);
    }

    [Fact]
    public async Task WithTheOfficialClient()
    {
        await using var server = await StartAsync();
        await Tutorial.RunAsync(server, "token");
    }

    private static Task<WebServer> StartAsync() => Tutorial.StartAsync(io =>
    {
        io.Use((socket, next) =>
        {
            var token = socket.Handshake.Auth.TryGetProperty("token", out var value) ? value.GetString() : null;
            if (token != "efgh") throw new ConnectionRefusedException("invalid credentials", new { content = "Please retry later" });
            socket.Data["user"] = $"bearer of {token}";
            return next();
        });
        io.OnConnection(socket => socket.OnRequest("who am I", () => socket.Data["user"]));
    });
}
