using SocketIO;
using SocketIO.AspNetCore;
using TestKit;

namespace Interop.Tests.Tutorials;

/// <summary>https://socket.io/how-to/monitor-latency: nothing waits for a client, or a server, that is away.</summary>
[Trait("Spec", "SRV-SCN-15")]
public sealed class LatencyTests
{
    [Fact]
    public async Task OnTheWire()
    {
        await using var server = await StartAsync();
        await using var client = await WireClient.ConnectAsync(server);
        await client.SendAsync("420[\"ping\"]");
        await client.ExpectAsync("430[]");
        await client.SendAsync("42[\"ping\"]");
        await client.SendAsync("421[\"count\"]");
        await client.ExpectAsync("431[2]");
    }

    [Fact]
    public async Task WithTheOfficialClient()
    {
        await using var server = await StartAsync();
        await Tutorial.RunAsync(server, "latency");
    }

    private static Task<WebServer> StartAsync()
    {
        var pings = 0;
        return Tutorial.StartAsync(io => io.OnConnection(socket =>
        {
            socket.On<Ack>("ping", ack =>
            {
                Interlocked.Increment(ref pings);
                return ack.SendAsync();
            });
            socket.OnRequest("count", () => pings);
        }));
    }
}
