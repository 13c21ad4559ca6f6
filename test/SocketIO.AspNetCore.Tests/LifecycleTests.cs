using EngineIO;
using SocketIO.AspNetCore.Adapters;
using TestKit;

namespace SocketIO.AspNetCore.Tests;

public sealed class LifecycleTests
{
    [Fact, Trait("Spec", "SRV-LIFE-01")]
    [Trait("Behaviour", "socket.io/test/middleware.ts:193"), Trait("Behaviour", "socket.io/test/namespaces.ts:46")]
    public async Task ConnectsInTheOrderOfTheReference()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io =>
        {
            io.Sockets.Adapter.RoomCreated += room => trace.Add("create-room");
            io.Sockets.Adapter.RoomJoined += (room, id) => trace.Add("join-room");
            io.Engine.OnConnection(session => session.PacketCreated += frame =>
            {
                if (frame.Type == EnginePacketType.Message) trace.Add("packet");
            });
            io.Use(async (socket, next) =>
            {
                trace.Add($"middleware connected={socket.Connected} listed={io.Sockets.Sockets.Count} rooms={socket.Rooms.Count}");
                await next();
            });
            io.OnConnection(socket => trace.Add($"connection connected={socket.Connected} listed={io.Sockets.Sockets.Count} rooms={socket.Rooms.Count}"));
        });
        await using var client = await server.ConnectAsync();

        Assert.Equal(
            ["middleware connected=False listed=0 rooms=0", "create-room", "join-room", "packet", "connection connected=True listed=1 rooms=1"], trace.Lines);
    }

    [Fact, Trait("Spec", "SRV-LIFE-02"), Trait("Spec", "SIO-CONN-13")]
    [Trait("Behaviour", "socket.io/test/namespaces.ts:52"), Trait("Behaviour", "socket.io/test/namespaces.ts:62")]
    public async Task TheGrantPrecedesWhateverAConnectionHandlerEmits()
    {
        await using var server = await TestServer.StartAsync(io => io.OnConnection(async socket =>
        {
            await socket.EmitAsync("first");
            await io.EmitAsync("second");
        }));
        await using var client = await server.OpenAsync();
        await client.SendAsync("40");
        Assert.StartsWith("40{\"sid\":\"", await client.ReceiveAsync());
        await client.ExpectAsync("42[\"first\"]", "42[\"second\"]");
    }

    [Fact, Trait("Spec", "SIO-CONN-02"), Trait("Spec", "SRV-SOCK-01")]
    public async Task IdsHaveTwentyCharactersAndAreNewForEachConnect()
    {
        await using var server = await TestServer.StartAsync(io => io.Of("/custom"));
        await using var client = await server.ConnectAsync();
        string first = client.Id;
        string custom = await client.JoinAsync("/custom");
        await client.SendAsync("41");
        string second = await client.JoinAsync();
        Assert.Equal(3, new[] { first, custom, second, client.Raw.Sid }.Distinct().Count() - 1);
        Assert.All([first, custom, second], id => Assert.Matches("^[A-Za-z0-9_-]{20}$", id));
    }

    [Fact, Trait("Spec", "SRV-LIFE-03")]
    public async Task EventsWaitForTheSynchronousPartOfTheConnectionHandlers()
    {
        var release = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io =>
        {
            // Off the reading thread, so that events can come while the connection handler runs.
            io.Use(async (socket, next) =>
            {
                await Task.Yield();
                await next();
            });
            io.OnConnection(socket =>
            {
                entered.SetResult();
                release.Task.ConfigureAwait(false).GetAwaiter().GetResult();
                socket.On<int>("event", value => trace.Add($"event {value}"));
                trace.Add("registered");
            });
        });
        await using var client = await server.OpenAsync();
        await client.SendAsync("40");
        await client.ReceiveAsync();
        await entered.Task.WithDeadline();
        await client.SendAsync("42[\"event\",1]");
        await client.SendAsync("42[\"event\",2]");
        release.SetResult();
        await trace.UntilAsync(3);
        Assert.Equal(["registered", "event 1", "event 2"], trace.Lines);
    }

    [Fact, Trait("Spec", "SRV-LIFE-04"), Trait("Spec", "SRV-SOCK-20")]
    public async Task AnEventBeforeItsHandlerIsRegisteredIsDropped()
    {
        var trace = new Trace();
        var release = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(io => io.OnConnection(async socket =>
        {
            await release.Task;
            socket.On<int>("event", value => trace.Add($"event {value}"));
            await socket.EmitAsync("registered");
        }));
        await using var client = await server.ConnectAsync();
        await client.SendAsync("42[\"event\",1]");
        await client.SendAsync("42[\"nobody listens\"]");
        await client.SyncAsync();
        release.SetResult();
        await client.ExpectAsync("42[\"registered\"]");
        await client.SendAsync("42[\"event\",2]");
        await trace.UntilAsync(1);
        Assert.Equal(["event 2"], trace.Lines);
    }

    [Fact, Trait("Spec", "SRV-LIFE-05"), Trait("Spec", "SRV-MW-06")]
    [Trait("Behaviour", "socket.io/test/middleware.ts:115")]
    public async Task AClientThatLeavesDuringAMiddlewareRaisesNothingAndLeavesNothing()
    {
        var trace = new Trace();
        var release = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(io =>
        {
            io.Use(async (socket, next) =>
            {
                await socket.JoinAsync("room");
                socket.OnDisconnected(_ => trace.Add("disconnected"));
                trace.Add("middleware");
                await release.Task;
                await next();
                trace.Add("passed");
            });
            io.OnConnection(_ => trace.Add("connection"));
        });
        await using (var client = await server.OpenAsync())
        {
            await client.SendAsync("40");
            await trace.UntilAsync("middleware");
            Assert.Equal(1, server.Io.Sockets.ConnectingCount);
            Assert.Empty(server.Io.Sockets.Sockets);
            client.Raw.WebSocket.Reset();
            await Deadline.UntilAsync(() => server.Io.Engine.ClientsCount == 0, "the end of the session");
        }

        release.SetResult();
        await trace.UntilAsync("passed");
        await Deadline.UntilAsync(() => server.Io.Sockets.ConnectingCount == 0, "the end of the socket");
        Assert.Equal(["middleware", "passed"], trace.Lines);
        Assert.Empty(((InMemoryAdapter)server.Io.Sockets.Adapter).Rooms);
    }

    [Fact, Trait("Spec", "SRV-LIFE-06"), Trait("Spec", "SRV-ROOM-07"), Trait("Spec", "SRV-SOCK-05"), Trait("Spec", "SRV-SOCK-06")]
    [Trait("Behaviour", "socket.io/test/messaging-many.ts:263")]
    [Trait("Behaviour", "socket.io/test/namespaces.ts:167")]
    public async Task DisconnectsInTheOrderOfTheReference()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io =>
        {
            io.Sockets.Adapter.RoomLeft += (room, _) => trace.Add(room == "room" ? "leave-room" : "leave-room own");
            io.Sockets.Adapter.RoomDeleted += room => trace.Add(room == "room" ? "delete-room" : "delete-room own");
            io.OnConnection(async socket =>
            {
                await socket.JoinAsync("room");
                socket.OnDisconnecting(info => trace.Add($"disconnecting {info.Reason} {State(socket)}"));
                socket.OnDisconnected(info => trace.Add($"disconnected {info.Reason} {State(socket)}"));
            });

            string State(ServerSocket socket) => $"connected={socket.Connected} rooms={socket.Rooms.Count} listed={io.Sockets.Sockets.Count}";
        });
        await using var client = await server.ConnectAsync();
        await client.SendAsync("41");
        await trace.UntilAsync(6);
        Assert.Equal(
            [
                "disconnecting client namespace disconnect connected=True rooms=2 listed=1",
                "leave-room own", "delete-room own", "leave-room", "delete-room",
                "disconnected client namespace disconnect connected=False rooms=0 listed=0",
            ],
            trace.Lines);
    }

    [Fact, Trait("Spec", "SRV-LIFE-07")]
    public async Task RaisesADisconnectionOnceHoweverManyThreadsCauseIt()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket =>
        {
            socket.OnDisconnecting(_ => trace.Add("disconnecting"));
            socket.OnDisconnected(_ => trace.Add("disconnected"));
        }));
        for (int round = 0; round < 20; round++)
        {
            await using var client = await server.ConnectAsync();
            var socket = client.Socket;
            await Task.WhenAll(
                [.. Enumerable.Range(0, 8).Select(i => Task.Run(async () => await socket.DisconnectAsync(close: i % 2 == 0))), Task.Run(client.Raw.WebSocket.Reset)]);
            await Deadline.UntilAsync(() => socket.Disconnected && server.Io.Engine.ClientsCount == 0, "the end");
        }

        await trace.UntilAsync(40);
        Assert.Equal(20, trace.Lines.Count(line => line == "disconnecting"));
        Assert.Equal(20, trace.Lines.Count(line => line == "disconnected"));
    }

    [Fact, Trait("Spec", "SRV-LIFE-07")]
    public async Task EveryConnectionIsToldBeforeItsDisconnection()
    {
        // A client that is gone while the connection handler still runs on another thread: the reader has left it, for it has come to the next namespace.
        var trace = new Trace();
        var hasLeft = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await TestServer.StartAsync(io =>
        {
            io.Of("/next").OnConnection(_ => hasLeft.SetResult());
            io.Use(async (_, next) =>
            {
                await hasLeft.Task;
                await next();
            });
            io.OnConnection(socket =>
            {
                Deadline.UntilAsync(() => io.Engine.ClientsCount == 0, "the session to end").ConfigureAwait(false).GetAwaiter().GetResult();
                socket.OnDisconnected(info => trace.Add($"disconnected {info.Reason}"));
                trace.Add($"connection connected={socket.Connected}");
            });
        });
        var client = await server.OpenAsync();
        await client.SendAsync("40");
        await client.SendAsync("40/next,");
        await client.ReceiveAsync();
        await client.ReceiveAsync();
        client.Raw.WebSocket.Reset();
        await trace.UntilAsync(2);
        Assert.Equal(["connection connected=True", "disconnected transport close"], trace.Lines.Select(line => line.Replace("error", "close", StringComparison.Ordinal)));
        Assert.Empty(server.Io.Sockets.Sockets);
    }

    [Fact, Trait("Spec", "SRV-LIFE-08")]
    [Trait("Behaviour", "socket.io/test/socket.ts:927")]
    public async Task JoiningDuringOrAfterADisconnectionLeavesNoRoom()
    {
        var done = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket =>
        {
            socket.OnDisconnecting(async _ => await socket.JoinAsync("during"));
            socket.OnDisconnected(async _ =>
            {
                await socket.JoinAsync("after");
                done.SetResult();
            });
        }));
        await using var client = await server.ConnectAsync();
        await client.SendAsync("41");
        await done.Task.WithDeadline();
        Assert.Empty(client.Socket.Rooms);
        Assert.Empty(((InMemoryAdapter)server.Io.Sockets.Adapter).Rooms);
    }

    [Fact, Trait("Spec", "SRV-LIFE-08"), Trait("Spec", "SRV-ADP-15")]
    public async Task JoiningWhileAnotherThreadDisconnectsLeavesNoRoom()
    {
        await using var server = await TestServer.StartAsync();
        for (int round = 0; round < 50; round++)
        {
            await using var client = await server.ConnectAsync();
            var socket = client.Socket;
            using var start = new Barrier(2);
            var joining = Task.Run(async () =>
            {
                start.SignalAndWait();
                for (int i = 0; i < 50; i++) await socket.JoinAsync($"room {i}");
            });
            start.SignalAndWait();
            await socket.DisconnectAsync();
            await joining;
            Assert.Empty(((InMemoryAdapter)server.Io.Sockets.Adapter).Rooms);
        }
    }

    [Fact, Trait("Spec", "SRV-LIFE-09")]
    [Trait("Behaviour", "socket.io/test/socket.ts:893")]
    public async Task AnEventAfterADisconnectIsIgnoredInTheSamePayloadAndInvalidStateLater()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket => socket.On("x", () => trace.Add("x"))));
        await using var client = await server.OpenPollingAsync();
        await client.SendAsync("40");
        await client.ReceiveAsync();
        await client.SendAsync("41", "42[\"x\"]", "421[\"x\"]", "41");
        Assert.Equal(EngineIO.AspNetCore.EngineSessionState.Open, server.Io.Engine.Sessions.Single().State);
        await client.SendAsync("42[\"x\"]");
        Assert.Equal("6", await client.ReceiveAsync());
        Assert.Equal("1", await client.ReceiveAsync());
        Assert.Empty(trace.Lines);
    }

    [Fact, Trait("Spec", "SRV-LIFE-10")]
    [Trait("Behaviour", "socket.io/test/namespaces.ts:72")]
    public async Task AllSocketsOfAConnectionEndInTheOrderOfJoining()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io =>
        {
            foreach (string name in (string[])["/", "/b", "/a"])
                io.Of(name).OnConnection(socket => socket.OnDisconnected(info => trace.Add($"{name} {info.Reason}")));
        });
        await using (var client = await server.ConnectAsync("/b"))
        {
            await client.JoinAsync("/");
            await client.JoinAsync("/a");
            await client.Raw.WebSocket.SendCloseAsync();
            await trace.UntilAsync(3);
        }

        Assert.Equal(["/b transport close", "/ transport close", "/a transport close"], trace.Lines);
    }

    [Fact, Trait("Spec", "SRV-LIFE-11"), Trait("Spec", "SRV-DISC-06")]
    public async Task ATransportErrorHasDetailsAndACloseHasNone()
    {
        var infos = new List<DisconnectInfo>();
        var gone = new SemaphoreSlim(0);
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket => socket.OnDisconnected(info =>
        {
            infos.Add(info);
            gone.Release();
        })));
        var polling = await server.OpenPollingAsync();
        await polling.SendAsync("40");
        await polling.ReceiveAsync();
        _ = await polling.BeginGetAsync();
        await Deadline.UntilAsync(() => server.Io.Engine.Sessions.Single().IsWritable, "the poll to wait");
        await polling.ResetGetAsync();
        Assert.True(await gone.WaitAsync(Deadline.Default));
        await using var client = await server.ConnectAsync();
        await client.Raw.WebSocket.SendCloseAsync();
        Assert.True(await gone.WaitAsync(Deadline.Default));

        Assert.Equal("transport error", infos[0].Reason);
        Assert.Equal("poll connection closed prematurely", infos[0].Exception?.Message);
        Assert.Equal(new DisconnectInfo("transport close", null), infos[1]);
    }

    [Fact, Trait("Spec", "SRV-NSP-02"), Trait("Spec", "SRV-NSP-01")]
    public async Task NothingIsLeftOfSocketsThatAreGone()
    {
        await using var server = await TestServer.StartAsync(io =>
        {
            io.Of("/other");
            io.OnConnection(async socket =>
            {
                await socket.JoinAsync(["a", "b", "c"]);
                _ = socket.EmitWithAckAsync<int>("never answered");
            });
        });
        for (int i = 0; i < 20; i++)
        {
            await using var client = await server.ConnectAsync();
            await client.ExpectAsync($"42{i}[\"never answered\"]");
            await client.JoinAsync("/other");
        }

        await Deadline.UntilAsync(() => server.Io.Engine.ClientsCount == 0, "all to leave");
        await Deadline.UntilAsync(() => server.Io.Sockets.Sockets.Count == 0 && server.Io.Of("/other").Sockets.Count == 0, "all sockets to go");
        Assert.Empty(((InMemoryAdapter)server.Io.Sockets.Adapter).Rooms);
        Assert.Empty(((InMemoryAdapter)server.Io.Of("/other").Adapter).Rooms);
    }

    [Fact, Trait("Spec", "SIO-CONN-07"), Trait("Spec", "SRV-OPT-05")]
    [Trait("Behaviour", "socket.io/test/namespaces.ts:396")]
    public async Task AClientThatJoinsNothingIsClosedInTime()
    {
        await using var server = await TestServer.StartAsync(fakeTime: true);
        await using var silent = await server.OpenAsync();
        await using var left = await server.ConnectAsync();
        await left.SendAsync("41");
        await Deadline.UntilAsync(() => left.Socket.Disconnected, "the socket to leave");
        server.Time.Advance(TimeSpan.FromSeconds(44));
        Assert.Equal(2, server.Io.Engine.ClientsCount);
        server.Time.Advance(TimeSpan.FromSeconds(1));
        await silent.ReceiveEndAsync();
        Assert.Equal(1, server.Io.Engine.ClientsCount);
    }
}
