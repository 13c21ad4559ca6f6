using System.Threading.RateLimiting;
using SocketIO;
using SocketIO.AspNetCore;
using TestKit;

namespace Interop.Tests.Tutorials;

/// <summary>Too many events: by a middleware as in https://socket.io/docs/v4/server-socket-instance/#socketusefn, or by a limiter of .NET's.</summary>
[Trait("Spec", "SRV-SCN-13")]
public sealed class PacketGuardTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OnTheWire(bool useLimiter)
    {
        await using var server = await StartAsync(useLimiter);
        await using var client = await WireClient.ConnectAsync(server);
        for (var i = 0; i < 3; i++) await client.SendAsync($"42{i}[\"say\",\"hi\"]");
        await client.ExpectAsync("430[\"hi\"]", "431[\"hi\"]", "41");
        await using var other = await WireClient.ConnectAsync(server);
        await other.SendAsync("420[\"say\",\"hello\"]");
        await other.ExpectAsync("430[\"hello\"]");
        Assert.Empty(server.Log.Errors);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WithTheOfficialClient(bool useLimiter)
    {
        await using var server = await StartAsync(useLimiter);
        await Tutorial.RunAsync(server, "packet-guard");
    }

    private static Task<WebServer> StartAsync(bool useLimiter) => Tutorial.StartAsync(
        io => io.OnConnection(socket =>
        {
            if (!useLimiter) LimitByHand(socket);
            socket.OnRequest<string, string>("say", text => text);
        }),
        options =>
        {
            if (!useLimiter) return;
            options.EventRateLimiter = _ => new FixedWindowRateLimiter(new() { PermitLimit = 2, Window = TimeSpan.FromHours(1) });
            options.RateLimitExceeded = RateLimitExceededPolicy.Disconnect;
        });

    private static void LimitByHand(ServerSocket socket)
    {
        var events = 0;
        socket.Use((_, next) => ++events > 2 ? throw new InvalidOperationException("rate limit exceeded") : next());
        socket.OnError(error => error.Message == "rate limit exceeded" ? socket.DisconnectAsync() : default);
    }
}
