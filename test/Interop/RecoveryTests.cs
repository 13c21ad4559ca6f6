using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SocketIO;
using SocketIO.AspNetCore;
using SocketIO.MessagePack;
using TestKit;

namespace Interop.Tests;

/// <summary>Connection state recovery with the official client 4.x.</summary>
[Trait("Spec", "SRV-CSR-01"), Trait("Spec", "SRV-CSR-03"), Trait("Spec", "SIO-CSR-03"), Trait("Spec", "SIO-CSR-08"), Trait("Spec", "SIO-CSR-09")]
public sealed class RecoveryTests
{
    public static TheoryData<string, string> Matrix => new MatrixTheoryData<string, string>(["json", "msgpack"], ["polling", "websocket", "upgrade"]);

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task AClientGetsItsSessionBack(string parser, string transports)
    {
        await using var server = await WebServer.StartAsync(
            builder => builder.Services.AddSocketIO(options =>
            {
                options.ConnectionStateRecovery = new();
                options.SerializerOptions = JsonSerializerOptions.Web;
                if (parser == "msgpack") options.Parser = new MessagePackPacketParser();
            }),
            app => Serve(app.MapSocketIO()));
        var io = server.Services.GetRequiredService<SocketIOServer>();
        var settings = new Dictionary<string, object>
        {
            ["url"] = server.BaseAddress.OriginalString, ["client"] = 4, ["parser"] = parser, ["transports"] = transports,
        };
        await Script.RunAsync("recovery.mjs", settings, request => request switch
        {
            "say" => SayAsync(io),
            "miss" => MissAsync(io),
            _ => UntilNobodyIsThereAsync(io),
        });
        await InteropServer.AssertNothingIsLeftAsync(server);
    }

    private static void Serve(SocketIOServer io)
    {
        var connections = 0;
        io.OnConnection(socket =>
        {
            var number = Interlocked.Increment(ref connections);
            socket.OnRequest<string, string, bool>("join", async (room, user) =>
            {
                socket.Data["user"] = user;
                await socket.JoinAsync(room);
                return true;
            });
            socket.OnRequest("auth", () => socket.Handshake.Auth);
            socket.OnRequest("state", () => new
            {
                socket.Recovered,
                Rooms = socket.Rooms.Where(room => room != socket.Id),
                User = socket.Data.TryGetValue("user", out var user) ? user : null,
            });
            socket.OnRequest<int, int, int>("sum", (a, b) => a + b);
            socket.OnRequest("said how often", () => 2);
            socket.OnRequest("connections", () => number);
        });
    }

    private static async Task SayAsync(SocketIOServer io)
    {
        await io.To("lobby").EmitAsync("said", "hello");
        await io.EmitAsync("said", new byte[] { 1, 2, 255 });
    }

    private static async Task MissAsync(SocketIOServer io)
    {
        await UntilNobodyIsThereAsync(io);
        for (var i = 0; i < 9; i++) await (i % 2 == 0 ? io.To("lobby") : io.Except("elsewhere")).EmitAsync("missed", i);
        await io.To("elsewhere").EmitAsync("missed", -1);
        await io.Volatile.EmitAsync("missed", -2);
        await io.To("lobby").EmitAsync("missed bytes", new byte[] { 0, 127, 255 });
    }

    private static Task UntilNobodyIsThereAsync(SocketIOServer io) =>
        Deadline.UntilAsync(() => io.Sockets.Sockets.Count == 0, "the loss to be noticed");
}
