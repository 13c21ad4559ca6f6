using SocketIO;
using SocketIO.AspNetCore;
using TestKit;

namespace Interop.Tests.Tutorials;

/// <summary>https://socket.io/docs/v4/server-socket-instance/#disconnecting</summary>
[Trait("Spec", "SRV-SCN-04")]
public sealed class FarewellTests
{
    [Theory]
    [InlineData("41")]
    [InlineData("1")]
    public async Task OnTheWire(string lastPacket)
    {
        await using var server = await StartAsync();
        await using var leaver = await WireClient.ConnectAsync(server);
        await using var cook = await WireClient.ConnectAsync(server);
        await using var guest = await WireClient.ConnectAsync(server);
        await JoinAsync(leaver, "kitchen", "hall");
        await JoinAsync(cook, "kitchen");
        await JoinAsync(guest, "hall");
        await leaver.SendAsync(lastPacket);
        await cook.ExpectAsync($"42[\"user has left\",\"{leaver.Id}\",\"kitchen\"]");
        await guest.ExpectAsync($"42[\"user has left\",\"{leaver.Id}\",\"hall\"]");
    }

    [Fact]
    public async Task WithTheOfficialClient()
    {
        await using var server = await StartAsync();
        await Tutorial.RunAsync(server, "farewell");
    }

    private static Task<WebServer> StartAsync() => Tutorial.StartAsync(io => io.OnConnection(socket =>
    {
        socket.On<string, Ack>("join", async (room, ack) =>
        {
            await socket.JoinAsync(room);
            await ack.SendAsync();
        });
        socket.OnDisconnecting(async reason =>
        {
            foreach (var room in socket.Rooms)
            {
                if (room != socket.Id) await socket.To(room).EmitAsync("user has left", socket.Id, room);
            }
        });
    }));

    private static async Task JoinAsync(WireClient client, params string[] rooms)
    {
        foreach (var room in rooms)
        {
            await client.SendAsync($"420[\"join\",\"{room}\"]");
            await client.ExpectAsync("430[]");
        }
    }
}
