using System.Text.RegularExpressions;
using SocketIO.AspNetCore;
using SocketIO.Diagnostics;
using TestKit;

namespace SocketIO.Client.Tests;

/// <summary>The debug output, line by line as the official client's.</summary>
public sealed partial class LogTests
{
    [Fact, Trait("Spec", "CLI-LOG-09"), Trait("Spec", "CLI-TRB-04"), Trait("Spec", "CLI-LOG-01"), Trait("Spec", "CLI-LOG-02"), Trait("Spec", "CLI-NET-07")]
    public async Task ASuccessfulConnection()
    {
        await using var server = await Server.StartAsync();
        var output = new StringWriter();
        string url = server.Address.OriginalString;
        await using var factory = new SocketIOClientFactory(() => new SocketManagerOptions { LoggerFactory = Debug(output, "socket*") });
        var socket = factory.Connect(url);
        await socket.ConnectAsync().WithDeadline();
        string id = socket.Id!;
        Assert.Equal(
            [
                $"socket.io-client:url parse {url}",
                $"socket.io-client new io instance for {url}",
                "socket.io-client:manager readyState closed",
                $"socket.io-client:manager opening {url}",
                "socket.io-client:manager connect attempt will timeout after 20000",
                "socket.io-client:manager readyState opening",
                "socket.io-client:manager open",
                "socket.io-client:manager cleanup",
                "socket.io-client:socket transport is open - connecting",
                "socket.io-client:manager writing packet {\"type\":0,\"nsp\":\"/\"}",
                "socket.io-parser encoding packet {\"type\":0,\"nsp\":\"/\"}",
                "socket.io-parser encoded {\"type\":0,\"nsp\":\"/\"} as 0",
                $"socket.io-parser decoded 0{{\"sid\":\"{id}\"}} as {{\"type\":0,\"nsp\":\"/\",\"data\":{{\"sid\":\"{id}\"}}}}",
                $"socket.io-client:socket socket connected with id {id}",
                "socket.io-client:socket draining queue",
            ],
            Lines(output));
    }

    [Fact, Trait("Spec", "CLI-LOG-10")]
    public async Task CredentialsComeBeforeTheNamespace()
    {
        await using var server = await Server.StartAsync();
        var output = new StringWriter();
        await using var manager = Manager(server, output, "socket.io-parser");
        await manager.Socket(options: new ClientSocketOptions { Auth = new { token = "abcd" } }).ConnectAsync().WithDeadline();
        Assert.Equal(
            [
                "socket.io-parser encoding packet {\"type\":0,\"data\":{\"token\":\"abcd\"},\"nsp\":\"/\"}",
                "socket.io-parser encoded {\"type\":0,\"data\":{\"token\":\"abcd\"},\"nsp\":\"/\"} as 0{\"token\":\"abcd\"}",
            ],
            Lines(output)[..2]);
    }

    [Fact, Trait("Spec", "CLI-LOG-11"), Trait("Spec", "CLI-REC-07")]
    public async Task ARefusedConnection()
    {
        var output = new StringWriter();
        await using var manager = new SocketManager(
            new Uri($"http://127.0.0.1:{Ports.Free()}"),
            new SocketManagerOptions { ReconnectionAttempts = 1, ReconnectionDelay = TimeSpan.FromMilliseconds(10), RandomizationFactor = 0, LoggerFactory = Debug(output, "socket.io-client:manager") });
        var error = await Assert.ThrowsAsync<SocketConnectException>(() => manager.Socket().ConnectAsync().WithDeadline());
        Assert.Equal("xhr poll error", error.Message);
        Assert.Equal(
            ["readyState closed", "opening", "connect attempt will timeout after 20000", "error", "cleanup", "will wait 10ms before reconnect attempt", "attempting reconnect",
                "readyState closed", "opening", "connect attempt will timeout after 20000", "error", "cleanup", "reconnect attempt error", "reconnect failed"],
            Lines(output).Select(line => line.Replace("socket.io-client:manager ", "", StringComparison.Ordinal).Replace($" {manager.Uri.OriginalString}", "", StringComparison.Ordinal)));
    }

    [Fact, Trait("Spec", "CLI-LOG-12"), Trait("Spec", "CLI-LIFE-11")]
    public async Task ADisconnection()
    {
        await using var server = await Server.StartAsync();
        var output = new StringWriter();
        await using var manager = Manager(server, output, "socket*");
        var socket = manager.Socket();
        await socket.ConnectAsync().WithDeadline();
        int before = Lines(output).Length;
        await socket.DisconnectAsync().WithDeadline();
        Assert.Equal(
            [
                "socket.io-client:socket performing disconnect (/)",
                "socket.io-client:manager writing packet {\"type\":1,\"nsp\":\"/\"}",
                "socket.io-parser encoding packet {\"type\":1,\"nsp\":\"/\"}",
                "socket.io-parser encoded {\"type\":1,\"nsp\":\"/\"} as 1",
                "socket.io-client:manager disconnect",
                "socket.io-client:manager closed due to forced close",
                "socket.io-client:manager cleanup",
                "socket.io-client:socket close (io client disconnect)",
            ],
            Lines(output)[before..]);
    }

    [Fact, Trait("Spec", "CLI-LOG-04"), Trait("Spec", "CLI-LOG-03"), Trait("Spec", "CLI-LOG-05")]
    public async Task EventsAndAcknowledgements()
    {
        await using var server = await Server.StartAsync(io => io.OnConnection(socket =>
        {
            socket.OnRequest("add", (int a, int b) => a + b);
            _ = socket.EmitWithAckAsync<int>("ask", "it");
        }));
        var output = new StringWriter();
        await using var manager = Manager(server, output, "socket.io-client:socket");
        var socket = manager.Socket();
        socket.OnRequest("ask", (string _) => 7);
        await socket.ConnectAsync().WithDeadline();
        Assert.Equal(3, await socket.EmitWithAckAsync<int>("add", 1, 2).WithDeadline());
        await Deadline.UntilAsync(() => Lines(output).Contains("socket.io-client:socket sending ack [7]"), "the ack");
        string[] lines = Lines(output);
        Assert.All(
            ["emitting packet with ack id 0", "calling ack 0 with [3]", "emitting event [\"ask\",\"it\"]", "attaching ack callback to event"],
            line => Assert.Contains("socket.io-client:socket " + line, lines));
    }

    [Theory, Trait("Spec", "CLI-LOG-13")]
    [InlineData("engine.io-client*", "engine.io-client:socket", "socket.io-client")]
    [InlineData("*,-engine*", "socket.io-parser", "engine.io-client:socket")]
    public async Task WhatIsAskedForIsWritten(string filter, string expected, string unexpected)
    {
        await using var server = await Server.StartAsync();
        var output = new StringWriter();
        await using var manager = Manager(server, output, filter);
        await manager.Socket().ConnectAsync().WithDeadline();
        string[] lines = Lines(output);
        Assert.Contains(lines, line => line.StartsWith(expected + " ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith(unexpected, StringComparison.Ordinal));
    }

    private static SocketManager Manager(Server server, StringWriter output, string scopes) =>
        new(server.Address, new SocketManagerOptions { LoggerFactory = Debug(output, scopes) });

    private static Microsoft.Extensions.Logging.ILoggerFactory Debug(StringWriter output, string scopes) =>
        DebugLoggerFactory.Create(scopes, output, TimeProvider.System)!;

    // Every line ends in the time since the last one of its scope.
    private static string[] Lines(StringWriter output)
    {
        string[] lines = output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.Matches(Suffix(), line));
        return [.. lines.Select(line => Suffix().Replace(line, ""))];
    }

    [GeneratedRegex(" \\+\\d+m?s$")]
    private static partial Regex Suffix();
}
