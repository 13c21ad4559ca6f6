using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TestKit;

namespace Interop.Tests.Tutorials;

/// <summary>What the network monitor of a browser shows, in this order: https://socket.io/docs/v4/troubleshooting-connection-issues/</summary>
[Trait("Spec", "PRO-TRB-09")]
public sealed class NetworkMonitorTests
{
    [Fact]
    public async Task OnTheWire()
    {
        await using var server = await Tutorial.StartAsync(_ => { });
        await using var client = await PollingClient.OpenAsync(server.BaseAddress, "/socket.io/");
        await client.SendAsync("40{\"token\":\"abcd\"}");
        Assert.StartsWith("40{\"sid\":\"", (await client.GetAsync()).Text);
        await using var socket = await RawWebSocket.ConnectAsync(server.BaseAddress, client.UpgradeTarget);
        var poll = await client.BeginGetAsync();
        await socket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await socket.ReceiveAsync()).Text);
        Assert.Equal("6", (await poll).Text);
        await socket.SendTextAsync("5");
    }

    [Fact]
    public async Task InABrowser()
    {
        // The browser may upgrade before its grant or its next poll; here that waits for the third GET, so that the order is always the page's.
        int gets = 0;
        var polls = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await Tutorial.StartAsync(
            io => io.Engine.Use(async (request, next) =>
            {
                if (request.IsUpgrade) await polls.Task;
                else if (request.HttpContext.Request.Method == "GET" && ++gets == 3) polls.SetResult();
                await next();
            }),
            map: app => app.MapGet("/", () => Results.Content("<!doctype html><title>Page</title><script src=\"/socket.io/socket.io.js\"></script>", "text/html")));
        await Script.RunAsync("network.mjs", new Dictionary<string, object> { ["url"] = server.BaseAddress.OriginalString });
        await InteropServer.AssertNothingIsLeftAsync(server);
    }
}
