using SocketIO;
using SocketIO.AspNetCore;
using TestKit;

namespace Interop.Tests.Tutorials;

/// <summary>https://socket.io/docs/v4/server-socket-instance/#socketid</summary>
[Trait("Spec", "SRV-SCN-05")]
public sealed class PrivateMessageTests
{
    [Fact]
    public async Task OnTheWire()
    {
        await using var server = await StartAsync();
        await using var ada = await WireClient.ConnectAsync(server);
        await using var bob = await WireClient.ConnectAsync(server);
        await using var eve = await WireClient.ConnectAsync(server);
        await ada.SendAsync($"42[\"private message\",\"{bob.Id}\",\"hi\"]");
        await bob.ExpectAsync($"42[\"private message\",\"{ada.Id}\",\"hi\"]");
        await bob.SendAsync($"42[\"private message\",\"{eve.Id}\",\"welcome\"]");
        await eve.ExpectAsync($"42[\"private message\",\"{bob.Id}\",\"welcome\"]");
    }

    [Fact]
    public async Task WithTheOfficialClient()
    {
        await using var server = await StartAsync();
        await Tutorial.RunAsync(server, "private-message");
    }

    private static Task<WebServer> StartAsync() => Tutorial.StartAsync(io => io.OnConnection(socket =>
    {
        socket.On<string, string>("private message", (to, text) => socket.To(to).EmitAsync("private message", socket.Id, text));
    }));
}
