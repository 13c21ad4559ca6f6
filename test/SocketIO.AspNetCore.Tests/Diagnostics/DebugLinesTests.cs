using System.Text.RegularExpressions;
using TestKit;

namespace SocketIO.AspNetCore.Tests.Diagnostics;

/// <summary>The life of one connection, line by line as the official server 4.8.4 tells it with <c>DEBUG=engine*,socket.io*</c>: polling, CONNECT, upgrade, an event with
/// acknowledgement, disconnect. Scope by scope, for the order between them differs where ours has threads.</summary>
public sealed partial class DebugLinesTests
{
    private static readonly string[] s_reference =
    [
        "socket.io:server initializing namespace /",
        "socket.io:server creating engine.io instance with opts {\"path\":\"/socket.io\"}",
        "engine intercepting request for path \"/socket.io/\"",
        "engine handling \"GET\" http request \"/socket.io/?EIO=4&transport=polling\"",
        "engine no middleware to apply, skipping",
        "engine handshaking client \"<sid>\"",
        "engine:socket readyState updated from opening to open",
        "engine:socket sending packet \"open\" ({\"sid\":\"<sid>\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000})",
        "engine:polling setting request",
        "engine:socket flushing buffer to transport",
        "engine:polling writing \"0{\"sid\":\"<sid>\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}\"",
        "engine:socket executing batch send callback",
        "socket.io:server incoming connection with id <sid>",
        "engine intercepting request for path \"/socket.io/\"",
        "engine handling \"POST\" http request \"/socket.io/?EIO=4&transport=polling&sid=<sid>\"",
        "engine no middleware to apply, skipping",
        "engine setting new request for existing client",
        "engine:polling received \"40\"",
        "engine:socket received packet message",
        "socket.io-parser decoded 0 as {\"type\":0,\"nsp\":\"/\"}",
        "socket.io:client connecting to namespace /",
        "socket.io:namespace adding socket to nsp /",
        "socket.io:socket socket connected - writing packet",
        "socket.io:socket join room <id>",
        "socket.io-parser encoding packet {\"type\":0,\"data\":{\"sid\":\"<id>\"},\"nsp\":\"/\"}",
        "socket.io-parser encoded {\"type\":0,\"data\":{\"sid\":\"<id>\"},\"nsp\":\"/\"} as 0{\"sid\":\"<id>\"}",
        "engine:socket sending packet \"message\" (0{\"sid\":\"<id>\"})",
        "engine intercepting request for path \"/socket.io/\"",
        "engine handling \"GET\" http request \"/socket.io/?EIO=4&transport=polling&sid=<sid>\"",
        "engine no middleware to apply, skipping",
        "engine setting new request for existing client",
        "engine:polling setting request",
        "engine:socket flushing buffer to transport",
        "engine:polling writing \"40{\"sid\":\"<id>\"}\"",
        "engine:socket executing batch send callback",
        "engine intercepting request for path \"/socket.io/\"",
        "engine handling \"GET\" http request \"/socket.io/?EIO=4&transport=polling&sid=<sid>\"",
        "engine no middleware to apply, skipping",
        "engine setting new request for existing client",
        "engine:polling setting request",
        "engine no middleware to apply, skipping",
        "engine writing headers: {}",
        "engine upgrading existing transport",
        "engine:socket might upgrade socket transport from \"polling\" to \"websocket\"",
        "engine:ws received \"2probe\"",
        "engine:socket got probe ping packet, sending pong",
        "engine:socket writing a noop packet to polling for fast upgrade",
        "engine:polling writing \"6\"",
        "engine:ws received \"5\"",
        "engine:socket got upgrade packet - upgrading",
        "engine:transport readyState updated from open to closing (polling)",
        "engine:polling closing",
        "engine:polling transport discarded - closing right away",
        "engine:transport readyState updated from closing to closed (polling)",
        "engine:ws received \"421[\"e\",5]\"",
        "engine:socket received packet message",
        "socket.io-parser decoded 21[\"e\",5] as {\"type\":2,\"nsp\":\"/\",\"id\":1,\"data\":[\"e\",5]}",
        "socket.io:socket got packet {\"type\":2,\"nsp\":\"/\",\"id\":1,\"data\":[\"e\",5]}",
        "socket.io:socket emitting event [\"e\",5]",
        "socket.io:socket attaching ack callback to event",
        "socket.io:socket dispatching an event [\"e\",5]",
        "socket.io:socket sending ack [5]",
        "socket.io-parser encoding packet {\"type\":3,\"data\":[5],\"id\":1,\"nsp\":\"/\"}",
        "socket.io-parser encoded {\"type\":3,\"data\":[5],\"id\":1,\"nsp\":\"/\"} as 31[5]",
        "engine:socket sending packet \"message\" (31[5])",
        "engine:socket flushing buffer to transport",
        "engine:socket executing batch send callback",
        "engine:ws received \"41\"",
        "engine:socket received packet message",
        "socket.io-parser decoded 1 as {\"type\":1,\"nsp\":\"/\"}",
        "socket.io:socket got packet {\"type\":1,\"nsp\":\"/\"}",
        "socket.io:socket got disconnect packet",
        "socket.io:socket closing socket - reason client namespace disconnect",
        "engine:transport readyState updated from open to closed (websocket)",
        "engine:socket readyState updated from open to closed",
        "socket.io:client client close with reason transport close",
    ];

    [Fact]
    [Trait("Spec", "SRV-LOG-01"), Trait("Spec", "SRV-LOG-02"), Trait("Spec", "SRV-LOG-03"), Trait("Spec", "SRV-LOG-04"), Trait("Spec", "SRV-LOG-05")]
    [Trait("Spec", "SRV-LOG-06"), Trait("Spec", "SRV-LOG-07"), Trait("Spec", "SRV-LOG-08"), Trait("Spec", "SRV-LOG-09"), Trait("Spec", "SRV-LOG-12"), Trait("Spec", "SRV-LOG-14")]
    public async Task AConnectionsLifeIsToldAsTheReferenceTellsIt()
    {
        await using var server = await TestServer.StartAsync(
            io => io.OnConnection(socket => socket.OnRequest<int, int>("e", number => number)), options => options.ServeClient = false, debug: true);
        var log = server.Debug!;
        await using var polling = await server.OpenPollingAsync();
        await polling.SendAsync("40");
        string grant = (await polling.ReceiveAsync())!;
        var poll = await polling.BeginGetAsync();
        await Deadline.UntilAsync(() => server.Io.Engine.Sessions.Single().IsWritable, "the poll to wait");
        await using (var webSocket = await RawWebSocket.ConnectAsync(server.Address, polling.UpgradeTarget))
        {
            await webSocket.SendTextAsync("2probe");
            Assert.Equal("3probe", (await webSocket.ReceiveAsync()).Text);
            Assert.Equal("6", (await poll).Text);
            await webSocket.SendTextAsync("5");
            await webSocket.SendTextAsync("421[\"e\",5]");
            Assert.Equal("431[5]", (await webSocket.ReceiveAsync()).Text);
            await webSocket.SendTextAsync("41");
            await webSocket.SendCloseAsync(null);
            await webSocket.ReceiveEndAsync();
        }

        await Deadline.UntilAsync(
            () => log.Of("socket.io:client").Contains("client close with reason transport close") && log.Of("engine:transport").Count == 3, "the last lines");
        string id = SocketId().Match(grant).Groups[1].Value;
        foreach (var scope in s_reference.Select(line => line.Split(' ')[0]).Distinct())
        {
            var expected = s_reference.Where(line => line.StartsWith(scope + " ", StringComparison.Ordinal)).Select(line => line[(scope.Length + 1)..]);
            var actual = log.Of(scope).Where(line => !IsOurs(line)).Select(line => line.Replace(polling.Sid, "<sid>").Replace(id, "<id>"));
            Assert.Equal(expected, actual);
        }
    }

    /// <summary>What the reference keeps to itself: why a session ended.</summary>
    private static bool IsOurs(string line) => line.StartsWith("session ", StringComparison.Ordinal);

    [GeneratedRegex("\"sid\":\"([^\"]+)\"")]
    private static partial Regex SocketId();
}
