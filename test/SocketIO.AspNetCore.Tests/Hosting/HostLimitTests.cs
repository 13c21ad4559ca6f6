using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using TestKit;

namespace SocketIO.AspNetCore.Tests.Hosting;

/// <summary>What a host does to requests that last does not end sessions.</summary>
public sealed class HostLimitTests
{
    [Fact, Trait("Spec", "SRV-ATT-11")]
    public async Task ASlowUploadOutlivesTheHostsMinimalRateAndItsSizeLimit()
    {
        await using var web = await StartAsync(kestrel =>
        {
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 10_000, gracePeriod: TimeSpan.FromSeconds(1.01));
            kestrel.Limits.MaxRequestBodySize = 100;
        });
        await using var client = await PollingClient.OpenAsync(web.BaseAddress, "/socket.io/");
        await client.SendAsync("40");
        Assert.StartsWith("40{", await client.ReceiveAsync());

        string packet = $"42[\"echo\",\"{new string('x', 287)}\"]";
        Assert.Equal(300, packet.Length);
        await using var post = await RawHttp.ConnectAsync(web.BaseAddress, TestContext.Current.CancellationToken);
        await post.SendHeadAsync("POST", client.Target, ("Content-Length", "300"));
        // 100 bytes a second, past the grace of the host.
        for (int sent = 0; sent < packet.Length; sent += 20)
        {
            await post.Wire.WriteAsync(packet.Substring(sent, 20));
            await Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
        }

        Assert.Equal("ok", (await post.ReadAsync(TestContext.Current.CancellationToken)).Text);
        Assert.Equal(packet, await client.ReceiveAsync());
        Assert.Empty(web.Log.Errors);
    }

    [Fact, Trait("Spec", "SRV-ATT-11")]
    public async Task APollAndAWebSocketOutliveTheHostsTimeouts()
    {
        SocketIOServer io = null!;
        await using var web = await StartAsync(
            kestrel =>
            {
                kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMilliseconds(500);
                kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromMilliseconds(500);
            },
            server => io = server);
        await using var socket = await SocketClient.OpenAsync(web.BaseAddress, "/socket.io/");
        await socket.SendAsync("40");
        await socket.ReceiveTextAsync();
        await using var polling = await PollingClient.OpenAsync(web.BaseAddress, "/socket.io/");
        await polling.SendAsync("40");
        Assert.StartsWith("40{", await polling.ReceiveAsync());
        var poll = await polling.BeginGetAsync();

        // Kestrel looks at its timeouts once a second; the middleware's is half a second.
        await Task.Delay(TimeSpan.FromSeconds(2.5), TestContext.Current.CancellationToken);
        Assert.False(poll.IsCompleted);
        await io.EmitAsync("late");
        Assert.Equal("42[\"late\"]", (await poll.WithDeadline("the poll")).Text);
        Assert.Equal("42[\"late\"]", await socket.ReceiveTextAsync());
        Assert.Empty(web.Log.Errors);
    }

    private static Task<WebServer> StartAsync(Action<KestrelServerOptions> limits, Action<SocketIOServer>? setUp = null) => WebServer.StartAsync(
        builder =>
        {
            builder.WebHost.ConfigureKestrel(limits);
            builder.Services.AddRequestTimeouts(options => options.DefaultPolicy = new() { Timeout = TimeSpan.FromMilliseconds(500) });
            builder.Services.AddSocketIO();
        },
        app =>
        {
            app.UseRequestTimeouts();
            var io = app.MapSocketIO();
            io.OnConnection(socket => socket.On<string>("echo", text => socket.EmitAsync("echo", text)));
            setUp?.Invoke(io);
        });
}
