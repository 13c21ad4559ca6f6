using SocketIO;
using SocketIO.AspNetCore;
using TestKit;

namespace Interop.Tests.Tutorials;

/// <summary>https://socket.io/docs/v4/tutorial/step-5</summary>
[Trait("Spec", "SRV-SCN-01")]
public sealed class GroupChatTests
{
    [Fact]
    public async Task OnTheWire()
    {
        await using var server = await StartAsync();
        await using var ada = await WireClient.ConnectAsync(server);
        await using var bob = await WireClient.ConnectAsync(server);
        foreach (var (client, name) in new[] { (ada, "ada"), (bob, "bob") })
        {
            for (var i = 0; i < 50; i++) await client.SendAsync($"42[\"chat message\",\"{name} {i}\"]");
        }

        foreach (var client in (WireClient[])[ada, bob])
        {
            var received = new List<string>();
            while (received.Count < 100) received.Add(await client.ReceiveAsync());
            foreach (var name in (string[])["ada", "bob"])
            {
                Assert.Equal(
                    Enumerable.Range(0, 50).Select(i => $"42[\"chat message\",\"{name} {i}\"]"),
                    received.Where(packet => packet.Contains(name, StringComparison.Ordinal)));
            }
        }
    }

    [Fact]
    public async Task WithTheOfficialClient()
    {
        await using var server = await StartAsync();
        await Tutorial.RunAsync(server, "group-chat");
    }

    private static Task<WebServer> StartAsync() => Tutorial.StartAsync(io => io.OnConnection(socket =>
    {
        socket.On<string>("chat message", message => io.EmitAsync("chat message", message));
    }));
}
