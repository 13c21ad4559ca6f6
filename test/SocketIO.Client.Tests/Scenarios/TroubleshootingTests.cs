using System.Text.Json;
using TestKit;

namespace SocketIO.Client.Tests.Scenarios;

/// <summary>The troubleshooting page, as far as one kind of server is enough for it.</summary>
public sealed class TroubleshootingTests
{
    [Theory, Trait("Spec", "CLI-TRB-06"), Trait("Spec", "CLI-ERR-05"), Trait("Spec", "CLI-ERR-07"), Trait("Spec", "CLI-POLL-03")]
    [InlineData(0, "Transport unknown")]
    [InlineData(1, "Session ID unknown")]
    [InlineData(2, "Bad handshake method")]
    [InlineData(3, "Bad request")]
    [InlineData(4, "Forbidden")]
    [InlineData(5, "Unsupported protocol version")]
    public async Task TheServersCodesCanBeRead(int code, string message)
    {
        int status = code == 4 ? 403 : 400;
        await using var server = ScriptedServer.Start(exchange => exchange.AnswerAsync(
            status, $"{{\"code\":{code},\"message\":\"{message}\"}}", ("Content-Type", "application/json")));
        foreach (string transport in (string[])["polling", "websocket"])
        {
            await using var manager = new SocketManager(server.Address, new SocketManagerOptions { Transports = [transport], Reconnection = false });
            var error = await Assert.ThrowsAsync<SocketConnectException>(() => manager.Socket().ConnectAsync().WithDeadline());
            Assert.Equal((transport == "polling" ? "xhr poll error" : "websocket error", status), (error.Message, error.StatusCode));
            if (transport == "polling") Assert.Equal((code, message), (error.ServerCode, error.ServerMessage));
        }
    }

    [Fact, Trait("Spec", "CLI-TRB-08"), Trait("Spec", "CLI-POLL-01"), Trait("Spec", "CLI-WS-01"), Trait("Spec", "CLI-WS-06")]
    public async Task ADefaultConnectionMakesTheRequestsOfTheManual()
    {
        await using var server = await NodeServer.StartAsync("socketio.mjs", new { log = true });
        await using var manager = new SocketManager(server.Address, new SocketManagerOptions { Socket = new ClientSocketOptions { Auth = new { token = "x" } } });
        var socket = manager.Socket();
        await socket.ConnectAsync().WithDeadline();
        await Deadline.UntilAsync(() => manager.Engine!.TransportName == "websocket", "the upgrade");
        Assert.Equal("hi", await socket.EmitWithAckAsync<string>("echo", "hi").WithDeadline());

        var requests = server.Events.Where(data => data.GetProperty("event").GetString() == "request").ToList();
        string sid = manager.Engine!.Id!;
        string[] kinds = [.. requests.Select(KindOf)];
        // The handshake; then, at the same time, the credentials, polls and the WebSocket; nothing after that.
        Assert.Equal("GET polling", kinds[0]);
        Assert.Single(kinds, "POST polling sid");
        Assert.Single(kinds, "GET websocket sid");
        Assert.InRange(kinds.Count(kind => kind == "GET polling sid"), 1, 3);
        Assert.All(kinds.Skip(1), kind => Assert.EndsWith("sid", kind, StringComparison.Ordinal));

        string KindOf(JsonElement request)
        {
            string url = request.GetProperty("url").GetString()!;
            Assert.StartsWith("/socket.io/?", url, StringComparison.Ordinal);
            Assert.Contains("EIO=4", url, StringComparison.Ordinal);
            string transport = url.Contains("transport=websocket", StringComparison.Ordinal) ? "websocket" : "polling";
            return $"{request.GetProperty("method").GetString()} {transport}{(url.Contains($"sid={sid}", StringComparison.Ordinal) ? " sid" : "")}";
        }
    }

    [Theory, Trait("Spec", "CLI-TRB-05"), Trait("Spec", "CLI-DISC-03")]
    [InlineData("polling"), InlineData("websocket")]
    public async Task AFrozenServerIsLeftAndFoundAgain(string transport)
    {
        await using var server = await NodeServer.StartAsync("socketio.mjs", new { server = new { pingInterval = 200, pingTimeout = 100 } });
        await using var manager = new SocketManager(server.Address, new SocketManagerOptions
        {
            Transports = [transport],
            ReconnectionDelay = TimeSpan.FromMilliseconds(10),
            ConnectTimeout = TimeSpan.FromMilliseconds(500),
        });
        var socket = manager.Socket();
        var trace = Peers.Traces.Watch(socket);
        await socket.ConnectAsync().WithDeadline();
        await server.FreezeAsync();
        await trace.UntilAsync("disconnect: ping timeout");
        await trace.UntilAsync("connect_error: timeout");
        await server.ThawAsync();
        await trace.UntilAsync("connect", 2);
        Assert.Equal("hi", await socket.EmitWithAckAsync<string>("echo", "hi").WithDeadline());
    }
}
