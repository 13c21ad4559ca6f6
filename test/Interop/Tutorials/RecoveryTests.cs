using SocketIO;
using SocketIO.AspNetCore;
using TestKit;

namespace Interop.Tests.Tutorials;

/// <summary>https://socket.io/docs/v4/tutorial/step-6</summary>
[Trait("Spec", "SRV-SCN-12")]
public sealed class RecoveryTests
{
    [Fact]
    public async Task OnTheWire()
    {
        await using var server = await StartAsync();
        await using var ada = await SocketClient.OpenAsync(server.BaseAddress, "/socket.io/");
        await ada.SendAsync("40");
        await ada.ReceiveTextAsync();

        var bob = await SocketClient.OpenAsync(server.BaseAddress, "/socket.io/");
        await bob.SendAsync("40");
        var grant = await bob.ReceiveTextAsync();
        await bob.SendAsync("420[\"join\",\"lobby\"]");
        Assert.Equal("430[false]", await bob.ReceiveTextAsync());
        await ada.SendAsync("42[\"chat message\",\"one\"]");
        var offset = Offset("one", await bob.ReceiveTextAsync());
        await bob.DisposeAsync();

        await ada.SendAsync("42[\"chat message\",\"two\"]");
        await using var bobAgain = await SocketClient.OpenAsync(server.BaseAddress, "/socket.io/");
        using var secret = System.Text.Json.JsonDocument.Parse(grant[2..]);
        await bobAgain.SendAsync($"40{{\"pid\":\"{secret.RootElement.GetProperty("pid").GetString()}\",\"offset\":\"{offset}\"}}");
        Offset("two", await bobAgain.ReceiveTextAsync());
        Assert.Equal(grant, await bobAgain.ReceiveTextAsync());
        await ada.SendAsync("42[\"chat message\",\"three\"]");
        Offset("three", await bobAgain.ReceiveTextAsync());
        await bobAgain.SendAsync("421[\"join\",\"lobby\"]");
        Assert.Equal("431[true]", await bobAgain.ReceiveTextAsync());
    }

    [Fact]
    public async Task WithTheOfficialClient()
    {
        await using var server = await StartAsync();
        await Tutorial.RunAsync(server, "recovery");
    }

    private static Task<WebServer> StartAsync() => Tutorial.StartAsync(
        io => io.OnConnection(socket =>
        {
            socket.OnRequest<string, bool>("join", async room =>
            {
                await socket.JoinAsync(room);
                return socket.Recovered;
            });
            socket.On<string>("chat message", message => io.To("lobby").EmitAsync("chat message", message));
        }),
        options => options.ConnectionStateRecovery = new());

    private static string Offset(string message, string packet)
    {
        var start = $"42[\"chat message\",\"{message}\",\"";
        Assert.StartsWith(start, packet);
        return packet[start.Length..^2];
    }
}
