using System.Text;
using TestKit;

namespace SocketIO.Client.Tests.Chaos;

/// <summary>Servers that mean harm: the client says what is wrong, tries again, and neither hangs nor grows.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class HostileServerTests(ITestOutputHelper output)
{
    private const string Open = "0{\"sid\":\"e\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}";
    private const int MiB = 1 << 20;

    [Theory, Trait("Spec", "SEC-CLI-01"), Trait("Spec", "CLI-ROB-01"), Trait("Spec", "CLI-TRB-06")]
    [InlineData("0{\"sid\":\"e\",\"upgrades\":[],\"pingInterval\":0,\"pingTimeout\":20000}")]
    [InlineData("0{\"sid\":\"e\",\"upgrades\":[],\"pingInterval\":-1,\"pingTimeout\":20000}")]
    [InlineData("0{\"sid\":\"e\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":-20000}")]
    [InlineData("0{\"sid\":\"e\",\"upgrades\":[],\"pingInterval\":1e300,\"pingTimeout\":20000}")]
    [InlineData("0{\"sid\":\"e\",\"upgrades\":[],\"pingInterval\":\"25000\",\"pingTimeout\":20000}")]
    [InlineData("0{\"sid\":7,\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000}")]
    [InlineData("0{\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000}")]
    [InlineData("0{\"sid\":\"\\ud800\",\"upgrades\":{},\"pingInterval\":25000,\"pingTimeout\":20000}")]
    [InlineData("0[]"), InlineData("0null"), InlineData("0"), InlineData("0{"), InlineData(""), InlineData("2"), InlineData("4"), InlineData("9"), InlineData("\u001e"), InlineData("<html>It works!</html>")]
    public async Task AnAttemptFailsOnWhatIsNoHandshake(string handshake)
    {
        foreach (string transport in (string[])["polling", "websocket"])
        {
            await using var server = Serve(async (exchange, socket) =>
            {
                if (socket is null) await exchange.AnswerAsync(200, handshake);
                else await socket.SendTextAsync(handshake);
                if (socket is not null) await socket.ReceiveEndAsync();
            });
            await using var manager = Connect(server, transport);
            var errors = new Trace();
            manager.OnReconnectError(error => errors.Add(error.Message));
            manager.Socket().Connect();
            // Where a poll brings nothing, the next one follows, as in the reference.
            if (handshake.Length == 0 && transport == "polling") continue;
            await errors.UntilAsync(2);
            Assert.All(errors.Lines, message => Assert.Equal("server error", message));
        }
    }

    [Theory, Trait("Spec", "SEC-CLI-01"), Trait("Spec", "CLI-ROB-01")]
    [InlineData("endless body"), InlineData("endless chunks"), InlineData("long body"), InlineData("endless head"), InlineData("no answer"), InlineData("half an answer"), InlineData("garbage")]
    [InlineData("endless redirects"), InlineData("redirect to itself"), InlineData("status 999"), InlineData("wrong accept"), InlineData("continue")]
    public async Task AnAttemptFailsOnWhatIsNoAnswer(string answer)
    {
        byte[] block = new byte[MiB];
        foreach (string transport in (string[])["polling", "websocket"])
        {
            await using var server = ScriptedServer.Start(async exchange =>
            {
                var wire = exchange.Wire;
                switch (answer)
                {
                    case "endless body":
                        await wire.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n");
                        while (true) await wire.WriteAsync(block);
                    case "endless chunks":
                        await wire.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                        while (true) await wire.WriteAsync("8\r\n44444444\r\n");
                    case "long body":
                        await wire.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n");
                        break;
                    case "endless head":
                        await wire.WriteAsync("HTTP/1.1 200 OK\r\n");
                        while (true) await wire.WriteAsync($"A: {new string('a', 1000)}\r\n");
                    case "no answer":
                        await wire.ReadToEndAsync();
                        break;
                    case "half an answer":
                        await wire.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n0{\"sid\"");
                        await wire.DisposeAsync();
                        break;
                    case "garbage":
                        await wire.WriteAsync("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n\r\n");
                        await wire.ReadToEndAsync();
                        break;
                    case "endless redirects":
                        await exchange.AnswerAsync(302, "", ("Location", $"/{Guid.NewGuid()}"));
                        break;
                    case "redirect to itself":
                        await exchange.AnswerAsync(307, "", ("Location", exchange.Request.Target));
                        break;
                    case "status 999":
                        await exchange.AnswerAsync(999, new string('x', 100_000));
                        break;
                    case "wrong accept":
                        await wire.WriteAsync("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: no\r\n\r\n");
                        await wire.ReadToEndAsync();
                        break;
                    default:
                        while (true) await wire.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n");
                }
            });
            await using var manager = Connect(server, transport, options => options.ConnectTimeout = TimeSpan.FromMilliseconds(500));
            var errors = new Trace();
            manager.OnReconnectError(error => errors.Add(error.Message));
            manager.Socket().Connect();
            await errors.UntilAsync(2);
            Assert.All(errors.Lines, message => Assert.Contains(message, (string[])["xhr poll error", "websocket error", "timeout"]));
        }
    }

    [Theory, Trait("Spec", "SEC-CLI-01"), Trait("Spec", "CLI-ROB-02"), Trait("Spec", "CLI-DISC-05"), Trait("Spec", "CLI-DISC-06")]
    [InlineData("451000000-[\"a\",{\"_placeholder\":true,\"num\":0}]", "parse error")]
    [InlineData("4599999999999999999999-[\"a\"]", "parse error")]
    [InlineData("451-[\"a\",{\"_placeholder\":true,\"num\":7}]", "parse error")]
    [InlineData("45-1-[\"a\"]", "parse error")]
    [InlineData("451-[\"a\"]#42[\"b\"]", "parse error")]
    [InlineData("42[\"connect\"]", "parse error")]
    [InlineData("42[\"disconnecting\"]", "parse error")]
    [InlineData("42{}", "parse error"), InlineData("42", "parse error"), InlineData("4", "parse error"), InlineData("49", "parse error"), InlineData("42[\"a\"", "parse error"), InlineData("44{", "parse error")]
    [InlineData("4299999999999999999999[\"a\"]", "parse error")]
    [InlineData("9", "transport error"), InlineData("", "transport error"), InlineData("{}", "transport error")]
    public async Task AConnectionEndsOnWhatIsNoPacketAndIsMadeAgain(string packets, string reason)
    {
        await using var server = new FakeServer(_ => packets.Split('#'));
        await using var manager = server.CreateManager();
        var socket = manager.Socket();
        var trace = new Trace();
        socket.OnConnected(() => trace.Add("connect"));
        socket.OnDisconnected(info => trace.Add(info.Reason));
        await socket.ConnectAsync().WithDeadline();
        socket.Emit("go");
        await trace.UntilAsync(3);
        Assert.Equal(["connect", reason, "connect"], trace.Lines.Take(3));
    }

    [Theory, Trait("Spec", "CLI-ROB-02"), Trait("Spec", "CLI-ACK-07"), Trait("Spec", "CLI-RECV-06")]
    [InlineData("0{}"), InlineData("3"), InlineData("5"), InlineData("6"), InlineData("2probe"), InlineData("430[]"), InlineData("439007199254740991[1]"), InlineData("42/other,[\"a\"]"), InlineData("41/other,"), InlineData("44/other,\"no\"")]
    [InlineData("40{\"sid\":\"again\"}"), InlineData("40/other,{\"sid\":\"x\"}"), InlineData("42[\"\\ud800\",\"\\udc00\"]"), InlineData("42[0]"), InlineData("42[\"a\",\"\\u0000\"]")]
    public async Task WhatConcernsNobodyIsIgnored(string packet)
    {
        await using var server = new FakeServer(sent => sent.Contains("ping", StringComparison.Ordinal) ? ["430[]"] : [packet]);
        await using var manager = server.CreateManager();
        var socket = manager.Socket();
        var trace = new Trace();
        socket.OnDisconnected(info => trace.Add(info.Reason));
        manager.OnHandlerError(error => trace.Add($"{error.Exception}"));
        await socket.ConnectAsync().WithDeadline();
        string? id = socket.Id;
        socket.Emit("go");
        await socket.EmitArgumentsWithAckAsync("ping", []).WithDeadline();
        Assert.Equal(id, socket.Id);
        Assert.Empty(trace.Lines);
    }

    [Fact, Trait("Spec", "SEC-CLI-01"), Trait("Spec", "CLI-ROB-01"), Trait("Spec", "CLI-ROB-02")]
    public async Task RandomPacketsEndAConnectionAtTheMost()
    {
        string[] seeds =
        [
            Open, "40{\"sid\":\"s\",\"pid\":\"p\"}", "42[\"e\",1,{\"a\":\"\\ud83d\\ude00\"},\"offset\"]", "430[\"x\"]", "451-[\"e\",{\"_placeholder\":true,\"num\":0}]", "461-0[{\"_placeholder\":true,\"num\":0}]",
            "41", "44{\"message\":\"no\",\"data\":{\"a\":[1]}}", "2", "3probe", "1", "6", "40/admin,{\"sid\":\"t\"}", "42/admin,12[\"e\"]",
        ];
        var random = new Random(1);
        int connections = 0, sent = 0;
        await using var server = Serve(async (_, socket) =>
        {
            Interlocked.Increment(ref connections);
            await socket!.SendTextAsync(Open);
            await socket.ReceiveTextAsync();
            for (int i = 0; i < 200; i++)
            {
                byte[] packet;
                bool isBinary;
                lock (random)
                {
                    packet = Mutate(Encoding.UTF8.GetBytes(seeds[random.Next(seeds.Length)]), random);
                    isBinary = random.Next(12) == 0;
                }

                await socket.SendFrameAsync(isBinary ? WebSocketOpcode.Binary : WebSocketOpcode.Text, packet);
                Interlocked.Increment(ref sent);
            }
        });
        await using var manager = Connect(server, "websocket", options => options.ReconnectionDelay = TimeSpan.FromMilliseconds(1));
        var errors = new Trace();
        manager.OnHandlerError(error => errors.Add($"{error.EventName} {error.Exception}"));
        foreach (string ns in (string[])["/", "/admin"])
        {
            var socket = manager.Socket(ns);
            socket.On("e", (int _) => { });
            socket.OnAny((_, _) => default);
            socket.OnConnectError(_ => Again(socket));
            socket.OnDisconnected(_ => Again(socket));
            socket.Connect();
        }

        await Deadline.UntilAsync(() => Volatile.Read(ref connections) >= 400, "enough connections", TimeSpan.FromSeconds(60));
        output.WriteLine($"{sent} packets over {connections} connections");
        Assert.All(errors.Lines, line => Assert.Contains("EventBindingException", line, StringComparison.Ordinal));

        static void Again(ClientSocket socket)
        {
            try
            {
                if (!socket.Active) socket.Connect();
            }
            catch (ObjectDisposedException)
            {
                // The end of the test.
            }
        }
    }

    [Fact, Trait("Spec", "SEC-CLI-01")]
    public async Task AMessageLongerThanAllowedEndsTheConnection()
    {
        var ended = new Trace();
        await using var server = Serve(async (_, socket) =>
        {
            await socket!.SendTextAsync(Open);
            await socket.ReceiveTextAsync();
            await socket.SendTextAsync("40{\"sid\":\"s\"}");
            byte[] block = new byte[MiB];
            await socket.SendFrameAsync(WebSocketOpcode.Binary, block, final: false);
            while (true) await socket.SendFrameAsync(WebSocketOpcode.Continuation, block, final: false);
        });
        await using var manager = Connect(server, "websocket", options => options.MaxMessageSize = 4 * MiB);
        manager.Socket().OnDisconnected(info => ended.Add(info.Reason));
        manager.Socket().Connect();
        await ended.UntilAsync(3);
        Assert.All(ended.Lines, reason => Assert.Equal("transport error", reason));
    }

    [Theory, Trait("Spec", "SEC-CLI-01"), Trait("Spec", "CLI-ROB-03")]
    [InlineData("events"), InlineData("early events"), InlineData("pings"), InlineData("acks"), InlineData("other namespaces")]
    public async Task AFloodFillsNoMemory(string kind)
    {
        long sent = 0;
        string data = new('x', 1000);
        string flood = kind switch
        {
            "pings" => "2",
            "acks" => $"43999[\"{data}\"]",
            "other namespaces" => $"42/n,[\"e\",\"{data}\"]",
            _ => $"42[\"e\",\"{data}\"]",
        };
        await using var server = Serve(async (_, socket) =>
        {
            await socket!.SendTextAsync(Open);
            await socket.ReceiveTextAsync();
            if (kind != "early events") await socket.SendTextAsync("40{\"sid\":\"s\"}");
            // Nothing is read any more.
            byte[] burst = [.. Enumerable.Repeat(RawWebSocket.Frame(WebSocketOpcode.Text, Encoding.UTF8.GetBytes(flood), masked: false), 100).SelectMany(static frame => frame)];
            while (Interlocked.Add(ref sent, 100) < 200_000) await socket.Wire.WriteAsync(burst);
            await socket.Wire.ReadToEndAsync();
        });
        using var release = new ManualResetEventSlim();
        await using var manager = Connect(server, "websocket", options =>
        {
            options.MaxQueuedEvents = 1000;
            options.MaxQueuedEventBytes = 4 * MiB;
            options.Reconnection = false;
        });
        var socket = manager.Socket();
        long before = await Memory.CollectAsync();
        manager.OnPing(() => release.Wait());
        manager.OnPacket(_ => release.Wait());
        socket.On("e", () => release.Wait());
        socket.Connect();
        try
        {
            // Until the flood is over, or stands still.
            for (long last = -1; last != Interlocked.Read(ref sent) && last < 200_000; await Task.Delay(1000)) last = Interlocked.Read(ref sent);
            long after = await Memory.CollectAsync();
            output.WriteLine($"{kind}: {sent} sent, {(after - before) / 1024} KiB kept");
            Assert.Equal(SocketManagerState.Open, manager.State);
            Assert.True(after - before < 24 * MiB, $"{sent} of \"{kind}\" keep {after - before} bytes.");
        }
        finally
        {
            release.Set();
        }
    }

    [Fact, Trait("Spec", "SEC-CLI-01")]
    public async Task CredentialsDoNotFollowARedirectToAnotherOrigin()
    {
        await using var other = ScriptedServer.Start(exchange => exchange.AnswerAsync(404));
        await using var server = ScriptedServer.Start(exchange => exchange.AnswerAsync(302, "", ("Location", $"{other.Address}stolen"), ("Set-Cookie", "session=secret")));
        await using var manager = Connect(server, "polling", options =>
        {
            options.ExtraHeaders["Authorization"] = "Bearer secret";
            options.ExtraHeaders["Cookie"] = "a=secret";
            options.Query["token"] = "secret";
        });
        manager.Socket().Connect();
        foreach (var request in await other.RequestsAsync(2))
        {
            Assert.DoesNotContain("secret", request.Target, StringComparison.Ordinal);
            Assert.All(request.Headers, header => Assert.DoesNotContain("secret", header.Value, StringComparison.Ordinal));
        }
    }

    private static SocketManager Connect(ScriptedServer server, string transport, Action<SocketManagerOptions>? configure = null)
    {
        var options = new SocketManagerOptions
        {
            Transports = [transport],
            ReconnectionDelay = TimeSpan.FromMilliseconds(10),
            ReconnectionDelayMax = TimeSpan.FromMilliseconds(10),
            CloseTimeout = TimeSpan.FromMilliseconds(300),
            MaxMessageSize = 8 * MiB,
        };
        configure?.Invoke(options);
        return new SocketManager(server.Address, options);
    }

    /// <summary>Polling requests are given to the script as they are, WebSockets upgraded.</summary>
    private static ScriptedServer Serve(Func<ScriptedExchange, ScriptedWebSocket?, Task> script) => ScriptedServer.Start(async exchange =>
        await script(exchange, exchange.Request.IsWebSocket ? await exchange.UpgradeAsync() : null));

    private static byte[] Mutate(byte[] packet, Random random)
    {
        if (random.Next(4) == 0) return packet;
        var bytes = packet.ToList();
        for (int i = random.Next(1, 4); i > 0 && bytes.Count > 0; i--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(0x20, 0x7f);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.Insert(at, "[]{}\",:-0123456789/\\eu"u8[random.Next(22)]);
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}
