using System.Diagnostics;
using SocketIO;
using TestKit;

namespace Interop.Tests.Tutorials;

/// <summary>A room for each user, and who is there: https://socket.io/docs/v4/rooms/ and https://socket.io/get-started/private-messaging-part-2/</summary>
[Trait("Spec", "SRV-SCN-03")]
public sealed class UserRoomTests
{
    [Fact]
    public async Task OnTheWire()
    {
        await using var server = await StartAsync();
        await using var bob = await WireClient.ConnectAsync(server, auth: "{\"userId\":\"bob\"}");
        await using var first = await WireClient.ConnectAsync(server, auth: "{\"userId\":\"ada\"}");
        await using var second = await WireClient.ConnectAsync(server, auth: "{\"userId\":\"ada\"}");
        await UntilTabsAsync(bob, 2);
        await bob.SendAsync("42[\"notify\",\"ada\",\"hi\"]");
        await first.ExpectAsync("42[\"notification\",\"hi\"]");
        await second.ExpectAsync("42[\"notification\",\"hi\"]");

        await first.SendAsync("41");
        await UntilTabsAsync(bob, 1);
        await second.SendAsync("41");
        await bob.ExpectAsync("42[\"user disconnected\",\"ada\"]");
        await UntilTabsAsync(bob, 0);
    }

    [Fact]
    public async Task WithTheOfficialClient()
    {
        await using var server = await StartAsync();
        await Tutorial.RunAsync(server, "user-room");
    }

    // What one connection does is known to another a little later.
    private static async Task UntilTabsAsync(WireClient client, int count)
    {
        var answer = "";
        for (var asked = Stopwatch.StartNew(); answer != $"430[{count}]" && asked.Elapsed < Deadline.Default;)
        {
            await client.SendAsync("420[\"tabs\",\"ada\"]");
            answer = await client.ReceiveAsync();
        }

        Assert.Equal($"430[{count}]", answer);
    }

    private static Task<WebServer> StartAsync() => Tutorial.StartAsync(io => io.OnConnection(async socket =>
    {
        var userId = socket.Handshake.Auth.GetProperty("userId").GetString()!;
        await socket.JoinAsync(userId);

        socket.On<string, string>("notify", (user, text) => io.To(user).EmitAsync("notification", text));
        socket.OnRequest<string, int>("tabs", async user => (await io.In(user).FetchSocketsAsync()).Count);
        socket.OnDisconnected(async _ =>
        {
            var tabs = await io.In(userId).FetchSocketsAsync();
            if (tabs.Count == 0) await socket.Broadcast.EmitAsync("user disconnected", userId);
        });
    }));
}
