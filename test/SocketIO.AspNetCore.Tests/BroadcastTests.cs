using System.Buffers;
using EngineIO;
using SocketIO.Parsing;
using TestKit;

namespace SocketIO.AspNetCore.Tests;

public sealed class BroadcastTests
{
    // Clients 0 to 4; rooms: r1 {0, 1}, r2 {1, 2}, r3 {3}, none {4}.
    private static readonly string[][] RoomsOf = [["r1"], ["r1", "r2"], ["r2"], ["r3"], []];

    private static readonly Dictionary<string, (Func<Setup, IEventEmitter> Target, int[] Reached)> Matrix = new()
    {
        ["io"] = (s => s.Io, [0, 1, 2, 3, 4]),
        ["io.To"] = (s => s.Io.To("r1"), [0, 1]),
        ["io.In"] = (s => s.Io.In("r1"), [0, 1]),
        ["io.To.To"] = (s => s.Io.To("r1").To("r2"), [0, 1, 2]),
        ["io.To array"] = (s => s.Io.To(["r1", "r2"]), [0, 1, 2]),
        ["io.In array"] = (s => s.Io.In(["r2", "r3"]), [1, 2, 3]),
        ["io.Except"] = (s => s.Io.Except("r1"), [2, 3, 4]),
        ["io.Except array"] = (s => s.Io.Except(["r1", "r3"]), [2, 4]),
        ["io.To.Except"] = (s => s.Io.To("r1").Except("r2"), [0]),
        ["io.To.To.Except id"] = (s => s.Io.To("r1").To(["r2", "r3"]).Except(s.Ids[1]), [0, 2, 3]),
        ["io.To unknown"] = (s => s.Io.To("unknown"), []),
        ["io.Except unknown"] = (s => s.Io.Except("unknown"), [0, 1, 2, 3, 4]),
        ["io.To id"] = (s => s.Io.To(s.Ids[4]), [4]),
        ["io.To id and room"] = (s => s.Io.To(s.Ids[0]).To("r1"), [0, 1]),
        ["io.Local"] = (s => s.Io.Local, [0, 1, 2, 3, 4]),
        ["io.Local.To"] = (s => s.Io.Local.To("r2"), [1, 2]),
        ["io.Compress"] = (s => s.Io.Compress(false), [0, 1, 2, 3, 4]),
        ["socket"] = (s => s.Socket, [1]),
        ["socket.Broadcast"] = (s => s.Socket.Broadcast, [0, 2, 3, 4]),
        ["socket.Broadcast.To"] = (s => s.Socket.Broadcast.To("r1"), [0]),
        ["socket.Broadcast.Except id"] = (s => s.Socket.Broadcast.Except(s.Ids[3]), [0, 2, 4]),
        ["socket.Broadcast.Except"] = (s => s.Socket.Broadcast.Except("r1"), [2, 3, 4]),
        ["socket.To"] = (s => s.Socket.To("r1"), [0]),
        ["socket.In array"] = (s => s.Socket.In(["r1", "r2"]), [0, 2]),
        ["socket.To array"] = (s => s.Socket.To(["r1", "r3"]), [0, 3]),
        ["socket.To own id"] = (s => s.Socket.To(s.Socket.Id), []),
        ["socket.To other id"] = (s => s.Socket.To(s.Ids[3]), [3]),
        ["socket.Except"] = (s => s.Socket.Except("r1"), [2, 3, 4]),
        ["socket.Except array"] = (s => s.Socket.Except(["r1", "r2"]), [3, 4]),
        ["socket.Local"] = (s => s.Socket.Local, [0, 2, 3, 4]),
        ["socket.Compress.To"] = (s => s.Socket.Compress(false).To("r2"), [2]),
        ["socket.Timeout.Broadcast"] = (s => s.Socket.Timeout(TimeSpan.FromSeconds(1)).Broadcast, [0, 2, 3, 4]),
        ["namespace"] = (s => s.Io.Of("/").To("r3"), [3]),
    };

    public static TheoryData<string> Cases => [.. Matrix.Keys];

    [Theory, MemberData(nameof(Cases))]
    [Trait("Spec", "SRV-BC-01"), Trait("Spec", "SRV-BC-02"), Trait("Spec", "SRV-BC-03"), Trait("Spec", "SRV-BC-04"), Trait("Spec", "SRV-BC-05"), Trait("Spec", "SRV-BC-06")]
    [Trait("Spec", "SRV-CHEAT-01"), Trait("Spec", "SRV-CHEAT-03"), Trait("Spec", "SRV-CHEAT-04"), Trait("Spec", "SRV-CHEAT-06"), Trait("Spec", "SRV-CHEAT-07")]
    [Trait("Spec", "SRV-CHEAT-08"), Trait("Spec", "SRV-CHEAT-10"), Trait("Spec", "SRV-ADP-11")]
    [Trait("Behaviour", "socket.io/test/messaging-many.ts:84")]
    [Trait("Behaviour", "socket.io/test/messaging-many.ts:112")]
    [Trait("Behaviour", "socket.io/test/messaging-many.ts:138")]
    [Trait("Behaviour", "socket.io/test/messaging-many.ts:173")]
    [Trait("Behaviour", "socket.io/test/messaging-many.ts:326")]
    [Trait("Behaviour", "socket.io/test/messaging-many.ts:351")]
    [Trait("Behaviour", "socket.io-adapter/test/index.ts:61")]
    [Trait("Behaviour", "socket.io-adapter/test/index.ts:101")]
    public async Task ReachesExactly(string expression)
    {
        await using var server = await TestServer.StartAsync();
        var clients = new List<TestClient>();
        foreach (string[] rooms in RoomsOf)
        {
            var client = await server.ConnectAsync();
            await client.Socket.JoinAsync(rooms);
            clients.Add(client);
        }

        var (target, reached) = Matrix[expression];
        await target(new Setup(server.Io, clients[1].Socket, [.. clients.Select(client => client.Id)])).EmitAsync("event", 1);
        for (int i = 0; i < clients.Count; i++)
        {
            string[] expected = reached.Contains(i) ? ["42[\"event\",1]"] : [];
            Assert.Equal(expected, await clients[i].DrainAsync());
            await clients[i].DisposeAsync();
        }
    }

    [Fact, Trait("Spec", "SRV-BC-07")]
    [Trait("Behaviour", "socket.io/test/messaging-many.ts:380")]
    [Trait("Behaviour", "socket.io/test/namespaces.ts:30")]
    public async Task OperatorsAreImmutable()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        var first = server.Io.To("a");
        var second = first.To("b").Except("c").Volatile;
        Assert.Equal(["a"], first.Options.Rooms);
        Assert.Equal(["a", "b"], second.Options.Rooms);
        Assert.Empty(first.Options.Except);
        Assert.Equal(BroadcastFlags.None, first.Options.Flags);
        Assert.Equal(BroadcastFlags.Volatile, second.Options.Flags);

        var fromSocket = client.Socket.To("a");
        _ = fromSocket.Except("b");
        Assert.Equal([client.Id], fromSocket.Options.Except);
        Assert.Empty(server.Io.Local.Options.Rooms);
    }

    [Fact, Trait("Spec", "SRV-BC-10"), Trait("Spec", "SRV-ADP-05"), Trait("Spec", "SRV-OPT-04")]
    [Trait("Behaviour", "socket.io-adapter/test/index.ts:61")]
    public async Task EncodesAPacketOnceAndOnlyForSomebody()
    {
        var parser = new CountingParser();
        await using var server = await TestServer.StartAsync(options: options => options.Parser = parser);
        await server.Io.EmitAsync("nobody");
        Assert.Equal(0, parser.Events);
        List<TestClient> clients = [];
        for (int i = 0; i < 5; i++) clients.Add(await server.ConnectAsync());
        await server.Io.EmitAsync("event", new byte[] { 1, 2, 3 }, "x");
        Assert.Equal(1, parser.Events);
        foreach (var client in clients)
        {
            await client.ExpectAsync("451-[\"event\",{\"_placeholder\":true,\"num\":0},\"x\"]");
            Assert.Equal([1, 2, 3], await client.ReceiveBinaryAsync());
            await client.DisposeAsync();
        }
    }

    [Fact, Trait("Spec", "SRV-BC-11"), Trait("Spec", "SRV-EMIT-06")]
    public async Task KeepsItsPlaceAmongDirectEmits()
    {
        await using var server = await TestServer.StartAsync(io => io.Of("/b"));
        await using var client = await server.ConnectAsync();
        var main = client.Socket;
        await client.JoinAsync("/b");
        await main.EmitAsync("1");
        await server.Io.EmitAsync("2");
        await client.Socket.EmitAsync("3");
        await main.EmitAsync("4");
        await client.ExpectAsync("42[\"1\"]", "42[\"2\"]", "42/b,[\"3\"]", "42[\"4\"]");
    }

    [Fact, Trait("Spec", "SRV-BC-09"), Trait("Spec", "SRV-EMIT-04"), Trait("Spec", "SRV-CHEAT-10")]
    [Trait("Behaviour", "socket.io/test/socket.ts:287")]
    [Trait("Behaviour", "socket.io/test/namespaces.ts:317"), Trait("Behaviour", "socket.io/test/namespaces.ts:340")]
    public async Task AVolatileBroadcastReachesThoseWhoCanBeWrittenTo()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await using var polling = await server.OpenPollingAsync();
        await polling.SendAsync("40");
        await polling.ReceiveAsync();
        await Deadline.UntilAsync(() => server.Io.Engine.Sessions.Count(session => session.IsWritable) == 1, "the poll to be answered");

        await server.Io.Volatile.EmitAsync("volatile");
        await server.Io.EmitAsync("regular");
        await client.ExpectAsync("42[\"volatile\"]", "42[\"regular\"]");
        Assert.Equal("42[\"regular\"]", await polling.ReceiveAsync());

        var poll = await polling.BeginGetAsync();
        await Deadline.UntilAsync(() => server.Io.Engine.Sessions.All(session => session.IsWritable), "the poll to wait");
        await server.Io.Volatile.EmitAsync("volatile");
        Assert.Equal("42[\"volatile\"]", (await poll).Text);

        await server.Io.EmitAsync("regular");
        await server.Io.Volatile.EmitAsync("right after it");
        Assert.Equal("42[\"regular\"]", await polling.ReceiveAsync());
        await server.Io.EmitAsync("next");
        Assert.Equal("42[\"next\"]", await polling.ReceiveAsync());
    }

    [Fact, Trait("Spec", "SRV-UTIL-04"), Trait("Spec", "SRV-UTIL-05"), Trait("Spec", "SRV-UTIL-06"), Trait("Spec", "SRV-ADP-07"), Trait("Spec", "SRV-CHEAT-11")]
    [Trait("Behaviour", "socket.io/test/utility-methods.ts:95"), Trait("Behaviour", "socket.io/test/utility-methods.ts:102")]
    [Trait("Behaviour", "socket.io/test/utility-methods.ts:114"), Trait("Behaviour", "socket.io/test/utility-methods.ts:124")]
    [Trait("Behaviour", "socket.io/test/utility-methods.ts:136"), Trait("Behaviour", "socket.io/test/utility-methods.ts:146")]
    public async Task BulkOperationsApplyToTheMatchingSockets()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket => socket.OnDisconnected(info => trace.Add(info.Reason))));
        await using var a = await server.ConnectAsync();
        await using var b = await server.ConnectAsync();
        await using var c = await server.ConnectAsync();
        await server.Io.SocketsJoinAsync("all");
        await server.Io.To(a.Id).SocketsJoinAsync(["x", "y"]);
        await server.Io.Except(a.Id).SocketsLeaveAsync(["all"]);
        Assert.Equal([a.Id, "all", "x", "y"], a.Socket.Rooms);
        Assert.Equal([b.Id], b.Socket.Rooms);
        var ids = await server.Io.Sockets.Adapter.GetSocketIdsAsync(new BroadcastOptions(["all", "x"], []), TestContext.Current.CancellationToken);
        Assert.Equal([a.Id], ids);

        await server.Io.In(a.Id).DisconnectSocketsAsync();
        await a.ExpectAsync("41");
        await server.Io.DisconnectSocketsAsync(close: true);
        await b.ExpectAsync("41");
        await b.ReceiveEndAsync();
        await c.ReceiveEndAsync();
        Assert.Equal(["server namespace disconnect", "server namespace disconnect", "server namespace disconnect"], trace.Lines);
        Assert.Equal(1, server.Io.Engine.ClientsCount);
    }

    [Fact, Trait("Spec", "SRV-NSP-07")]
    [Trait("Behaviour", "socket.io/test/namespaces.ts:199"), Trait("Behaviour", "socket.io/test/namespaces.ts:213")]
    [Trait("Behaviour", "socket.io/test/namespaces.ts:241"), Trait("Behaviour", "socket.io/test/namespaces.ts:280")]
    [Trait("Behaviour", "socket.io-adapter/test/index.ts:29")]
    public async Task AllSocketsAreThoseOfTheRoomsWithoutRegardToExceptions()
    {
        await using var server = await TestServer.StartAsync(io => io.Of("/b"));
        await using var a = await server.ConnectAsync();
        await using var b = await server.ConnectAsync();
        await using var other = await server.ConnectAsync("/b");
        await a.Socket.JoinAsync("room");
        await other.Socket.JoinAsync("room");
        Assert.Equal(new[] { a.Id, b.Id }.Order(), (await server.Io.AllSocketsAsync()).Order());
        Assert.Equal([a.Id], await server.Io.In("room").Except(a.Id).AllSocketsAsync());
        Assert.Equal([other.Id], await server.Io.Of("/b").AllSocketsAsync());
        Assert.Equal([other.Id], await server.Io.Of("/b").In("room").AllSocketsAsync());
    }

    [Fact, Trait("Spec", "SRV-SCN-01"), Trait("Spec", "SRV-SCN-02"), Trait("Spec", "SRV-SCN-04"), Trait("Spec", "SRV-SCN-05")]
    public async Task AChat()
    {
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket =>
        {
            socket.On<string>("chat message", message => io.EmitAsync("chat message", message));
            socket.On("typing", () => socket.Broadcast.EmitAsync("typing", socket.Id));
            socket.On<string, string>("private message", (to, message) => socket.To(to).EmitAsync("private message", socket.Id, message));
            socket.OnDisconnecting(async _ =>
            {
                foreach (string room in socket.Rooms)
                {
                    if (room != socket.Id) await socket.To(room).EmitAsync("user has left", socket.Id);
                }
            });
            return socket.JoinAsync("lobby");
        }));
        await using var a = await server.ConnectAsync();
        await using var b = await server.ConnectAsync();
        await using var c = await server.ConnectAsync();
        await a.SendAsync("42[\"chat message\",\"hi\"]");
        foreach (var client in (TestClient[])[a, b, c]) await client.ExpectAsync("42[\"chat message\",\"hi\"]");
        await b.SendAsync("42[\"typing\"]");
        await a.ExpectAsync($"42[\"typing\",\"{b.Id}\"]");
        await c.ExpectAsync($"42[\"typing\",\"{b.Id}\"]");
        await c.SendAsync($"42[\"private message\",\"{a.Id}\",\"psst\"]");
        await a.ExpectAsync($"42[\"private message\",\"{c.Id}\",\"psst\"]");
        await c.SendAsync("41");
        await a.ExpectAsync($"42[\"user has left\",\"{c.Id}\"]");
        await b.ExpectAsync($"42[\"user has left\",\"{c.Id}\"]");
    }

    [Fact, Trait("Spec", "SRV-BC-08")]
    public async Task ABroadcastDuringTheGrantFollowsIt()
    {
        // Another thread broadcasts without pause while clients connect: what a client reads first is its grant.
        await using var server = await TestServer.StartAsync();
        using var stop = new CancellationTokenSource();
        var broadcasting = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) await server.Io.EmitAsync("tick");
        });
        for (int i = 0; i < 30; i++)
        {
            await using var client = await server.OpenAsync();
            await client.SendAsync("40");
            Assert.StartsWith("40{", await client.ReceiveAsync());
        }

        await stop.CancelAsync();
        await broadcasting;
    }

    private sealed record Setup(SocketIOServer Io, ServerSocket Socket, string[] Ids);

    private sealed class CountingParser : IPacketParser
    {
        private readonly JsonPacketParser _parser = new();
        private int _events;

        public int Events => _events;

        public EncodedPacket Encode(in Packet packet, IBufferWriter<byte> buffer)
        {
            if (packet.Type == PacketType.Event) Interlocked.Increment(ref _events);
            return _parser.Encode(packet, buffer);
        }

        public DecodeStatus Decode(EngineMessage message, ref DecoderState state, out Packet packet) => _parser.Decode(message, ref state, out packet);
    }
}
