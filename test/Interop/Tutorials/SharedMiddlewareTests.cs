using System.Text.RegularExpressions;
using SocketIO;
using SocketIO.AspNetCore;
using TestKit;

namespace Interop.Tests.Tutorials;

/// <summary>https://socket.io/docs/v4/server-instance/#new_namespace</summary>
[Trait("Spec", "SRV-SCN-14")]
public sealed class SharedMiddlewareTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/news")]
    [InlineData("/dynamic-1")]
    public async Task OnTheWire(string ns)
    {
        await using var server = await StartAsync();
        var prefix = ns == "/" ? "" : ns + ",";
        Assert.Equal($"44{prefix}{{\"message\":\"who are you?\"}}", await WireClient.ConnectInVainAsync(server, ns));
        await using var client = await WireClient.ConnectAsync(server, ns, "{\"name\":\"Ada\"}");
        await client.ExpectAsync($"42{prefix}[\"welcome\",\"Ada\"]");
    }

    [Fact]
    public async Task WithTheOfficialClient()
    {
        await using var server = await StartAsync();
        await Tutorial.RunAsync(server, "shared-middleware");
    }

    private static Task<WebServer> StartAsync() => Tutorial.StartAsync(io =>
    {
        // The main namespace is there already.
        io.Use(AskForName);
        io.NamespaceCreated += ns => ns.Use(AskForName);

        io.OnConnection(WelcomeAsync);
        io.Of("/news").OnConnection(WelcomeAsync);
        io.Of(new Regex(@"^/dynamic-\d+$")).OnConnection(WelcomeAsync);
    });

    private static ValueTask AskForName(ServerSocket socket, Func<ValueTask> next)
    {
        if (!socket.Handshake.Auth.TryGetProperty("name", out var name)) throw new ConnectionRefusedException("who are you?");
        socket.Data["name"] = name.GetString();
        return next();
    }

    private static ValueTask WelcomeAsync(ServerSocket socket) => socket.EmitAsync("welcome", socket.Data["name"]);
}
