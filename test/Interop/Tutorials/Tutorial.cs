using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SocketIO.AspNetCore;
using TestKit;

namespace Interop.Tests.Tutorials;

/// <summary>A scenario of the documentation: its server as a reader of it writes it in ASP.NET Core, and the official client's side of it in
/// <c>clients/scenarios/tutorials/</c>.</summary>
internal static class Tutorial
{
    public static Task<WebServer> StartAsync(
        Action<SocketIOServer> use, Action<SocketIOOptions>? options = null, Action<WebApplication>? map = null, int port = 0) => WebServer.StartAsync(
        builder => builder.Services.AddSocketIO(options),
        app =>
        {
            use(app.MapSocketIO());
            map?.Invoke(app);
        },
        port: port);

    /// <summary>Runs the client's side; then nothing may be left behind, nor an error have been logged.</summary>
    public static async Task RunAsync(WebServer server, string scenario, Func<string, Task>? onAsk = null)
    {
        await RunAsync(server.BaseAddress, scenario, onAsk);
        await InteropServer.AssertNothingIsLeftAsync(server);
    }

    /// <summary>Runs the client's side against servers that come and go.</summary>
    public static Task RunAsync(Uri address, string scenario, Func<string, Task>? onAsk) => Script.RunAsync(
        "scenario.mjs",
        new Dictionary<string, object>
        {
            ["scenario"] = $"tutorials/{scenario}",
            ["url"] = address.OriginalString,
            ["client"] = 4,
            ["transports"] = "upgrade",
        },
        onAsk);
}
