using SocketIO;
using SocketIO.AspNetCore.Adapters;

namespace Soak;

/// <summary>The server under load: an echo by acknowledgement, and what is left of everything.</summary>
internal static class SoakServer
{
    private const int PinnedHeap = 4;

    public static async Task<int> RunAsync(SoakOptions options)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(options.Port));
        builder.Services.AddSocketIO(server => server.ConnectionStateRecovery = options.Recovers ? new() : null);
        var app = builder.Build();
        var io = app.MapSocketIO();
        io.OnConnection(async socket =>
        {
            if (!socket.Recovered) await socket.JoinAsync(socket.Handshake.Query.GetValueOrDefault("room", $"room-{socket.Id[0]}"));
            socket.OnRequest<string, string>("echo", text => text);
        });
        app.MapPost("/emit/{room}/{number:int}", (string room, int number) => io.To(room).EmitAsync("n", number).AsTask());
        app.MapPost("/end", () => io.EmitAsync("end").AsTask());
        app.MapGet("/stats", () =>
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            var pinned = GC.GetGCMemoryInfo(GCKind.FullBlocking).GenerationInfo[PinnedHeap].SizeAfterBytes;
            return new Stats(
                io.Engine.ClientsCount,
                io.Of("/").Sockets.Count,
                ((InMemoryAdapter)io.Of("/").Adapter).Rooms.Count,
                GC.GetTotalMemory(forceFullCollection: false) - pinned,
                pinned);
        });
        await app.RunAsync();
        return 0;
    }

    /// <param name="Sessions">Engine.IO sessions.</param>
    /// <param name="Sockets">Sockets of the main namespace.</param>
    /// <param name="Rooms">Rooms of the main namespace.</param>
    /// <param name="HeapBytes">What is alive after a full collection, without the pinned heap.</param>
    /// <param name="PinnedBytes">The pinned heap: the web server's pool of buffers, which it keeps for the next wave and gives back bit by bit.</param>
    internal sealed record Stats(int Sessions, int Sockets, int Rooms, long HeapBytes, long PinnedBytes);
}
