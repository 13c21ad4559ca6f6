using SocketIO;
using SocketIO.AspNetCore;
using TestKit;

namespace Interop.Tests.Tutorials;

/// <summary>https://socket.io/docs/v4/tutorial/step-5, its homework, and https://socket.io/docs/v4/broadcasting-events/</summary>
[Trait("Spec", "SRV-SCN-02")]
public sealed class TypingTests
{
    [Fact]
    public async Task OnTheWire()
    {
        await using var server = await StartAsync();
        await using var ada = await WireClient.ConnectAsync(server);
        await using var bob = await WireClient.ConnectAsync(server);
        await ada.SendAsync("42[\"typing\",\"Ada\"]");
        await ada.SendAsync("42[\"chat message\",\"hi\"]");
        await bob.ExpectAsync("42[\"typing\",\"Ada\"]", "42[\"chat message\",\"hi\"]");
        await ada.ExpectAsync("42[\"chat message\",\"hi\"]");
    }

    [Fact]
    public async Task WithTheOfficialClient()
    {
        await using var server = await StartAsync();
        await Tutorial.RunAsync(server, "typing");
    }

    private static Task<WebServer> StartAsync() => Tutorial.StartAsync(io => io.OnConnection(socket =>
    {
        socket.On<string>("typing", name => socket.Broadcast.EmitAsync("typing", name));
        socket.On<string>("chat message", message => io.EmitAsync("chat message", message));
    }));
}
