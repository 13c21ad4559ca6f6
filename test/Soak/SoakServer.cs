using SocketIO;
using SocketIO.AspNetCore.Adapters;

namespace Soak;

/// <summary>The server under load: an echo by acknowledgement, and what is left of everything.</summary>
internal static class SoakServer
{
    public static async Task<int> RunAsync(SoakOptions options)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(options.Port));
        builder.Services.AddSocketIO();
        var app = builder.Build();
        var io = app.MapSocketIO();
        io.OnConnection(async socket =>
        {
            await socket.JoinAsync($"room-{socket.Id[0]}");
            socket.OnRequest<string, string>("echo", text => text);
        });
        app.MapGet("/stats", () =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            return new Stats(
                io.Engine.ClientsCount,
                io.Of("/").Sockets.Count,
                ((InMemoryAdapter)io.Of("/").Adapter).Rooms.Count,
                GC.GetTotalMemory(forceFullCollection: true));
        });
        await app.RunAsync();
        return 0;
    }

    internal sealed record Stats(int Sessions, int Sockets, int Rooms, long HeapBytes);
}
