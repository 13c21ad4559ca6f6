using SocketIO.AspNetCore.Adapters;
using SocketIO.Parsing;
using TestKit;

namespace SocketIO.AspNetCore.Tests;

public sealed class BroadcastAckTests
{
    private static readonly TimeSpan FiveSeconds = TimeSpan.FromSeconds(5);

    [Fact, Trait("Spec", "SRV-BC-12"), Trait("Spec", "SRV-BC-18"), Trait("Spec", "SRV-ADP-06"), Trait("Spec", "SRV-CHEAT-05"), Trait("Spec", "SRV-NSP-06")]
    [Trait("Behaviour", "socket.io/test/messaging-many.ts:408"), Trait("Behaviour", "socket.io/test/messaging-many.ts:474")]
    public async Task EverySocketAnswersAndTheListIsInTheOrderOfArrival()
    {
        await using var room = await Room.OpenAsync(3);
        var answers = room.Io.Timeout(FiveSeconds).EmitWithAckAsync<string>("question", 1);
        foreach (var client in room.Clients) await client.ExpectAsync("420[\"question\",1]");
        await room.AnswerAsync(2, "430[\"c\",\"surplus\"]", 1);
        await room.AnswerAsync(0, "430[\"a\"]", 2);
        Assert.False(answers.IsCompleted);
        await room.Clients[1].SendAsync("430[\"b\"]");
        Assert.Equal(["c", "a", "b"], await answers.WithDeadline());
        Assert.Equal(0, room.PendingAcks);

        // The namespace's one counter goes on.
        var next = room.Io.To(room.Clients[0].Id).Timeout(FiveSeconds).EmitWithAckAsync<int>("next");
        await room.Clients[0].ExpectAsync("421[\"next\"]");
        await room.Clients[0].SendAsync("431[7]");
        Assert.Equal([7], await next.WithDeadline());
    }

    [Fact, Trait("Spec", "SRV-BC-13"), Trait("Spec", "SRV-BC-17"), Trait("Spec", "SRV-BC-18"), Trait("Spec", "SRV-LOG-11")]
    [Trait("Behaviour", "socket.io/test/messaging-many.ts:441"), Trait("Behaviour", "socket.io/test/messaging-many.ts:504")]
    public async Task ThePartialAnswersComeWithTheTimeoutAndLateOnesAreIgnored()
    {
        await using var room = await Room.OpenAsync(4, fakeTime: true);
        var answers = room.Io.Timeout(FiveSeconds).EmitWithAckAsync<int>("question");
        foreach (var client in room.Clients) await client.ExpectAsync("420[\"question\"]");
        await room.AnswerAsync(0, "430[1]", 1);
        await room.AnswerAsync(1, "430[\"no number\"]", 2);
        room.Clients[3].Raw.WebSocket.Reset();
        await Deadline.UntilAsync(() => room.Io.Sockets.Sockets.Count == 3, "the end of one");
        Assert.Equal(1, room.PendingAcks);
        Assert.False(answers.IsCompleted);

        room.Server.Time.Advance(FiveSeconds);
        var error = await Assert.ThrowsAsync<BroadcastTimeoutException>(() => answers.WithDeadline());
        Assert.IsAssignableFrom<TimeoutException>(error);
        Assert.Equal("operation has timed out", error.Message);
        Assert.Equal(["1", "\"no number\""], error.Responses.Select(response => response.Payload.ToString()));
        Assert.Throws<EventBindingException>(() => error.GetResponses<int>());
        Assert.Equal(["1", "no number"], error.GetResponses<object>().Select(value => value!.ToString()));
        Assert.Equal(0, room.PendingAcks);
        Assert.False(room.Clients[2].Socket.Client.AwaitsAck);

        await room.Clients[2].SendAsync("430[3]");
        await room.Clients[2].SyncAsync();
        Assert.Contains("bad ack 0", room.Server.Debug!.Of("socket.io:socket"));
        var lines = room.Server.Debug.Of("socket.io:broadcast-operator");
        Assert.Contains("operation has timed out", lines);
        Assert.Contains("responses: servers: 1 / 1 ; clients: 2 / 4", lines);
    }

    [Fact, Trait("Spec", "SRV-BC-14"), Trait("Behaviour", "socket.io/test/messaging-many.ts:547")]
    public async Task AnEmptyRoomAnswersAtOnce()
    {
        await using var room = await Room.OpenAsync(1);
        Assert.Empty(await room.Io.To("empty").Timeout(FiveSeconds).EmitWithAckAsync<int>("question").WithDeadline());
        Assert.Empty(await room.Clients[0].DrainAsync());
    }

    [Fact, Trait("Spec", "SRV-BC-15")]
    public async Task ATimeLimitIsMandatory()
    {
        await using var room = await Room.OpenAsync(1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => room.Io.To("room").EmitWithAckAsync<int>("question"));
        Assert.Throws<ArgumentOutOfRangeException>(() => room.Io.Timeout(TimeSpan.FromTicks(-1)));
        await Assert.ThrowsAsync<ArgumentException>(() => room.Io.Timeout(FiveSeconds).EmitWithAckAsync<int>("disconnect"));
        Assert.Empty(await room.Clients[0].DrainAsync());
    }

    [Fact, Trait("Spec", "SRV-BC-16")]
    public async Task OnlyTheFirstArgumentCountsAndItMayBeMissingOrBinary()
    {
        await using var room = await Room.OpenAsync(4);
        var answers = room.Io.Timeout(FiveSeconds).EmitArgumentsWithAcksAsync("question", []);
        foreach (var client in room.Clients) await client.ExpectAsync("420[\"question\"]");
        await room.AnswerAsync(0, "430[]", 1);
        await room.AnswerAsync(1, "430[null]", 2);
        await room.AnswerAsync(2, "430[1,2,3]", 3);
        await room.Clients[3].SendAsync("462-0[{\"a\":{\"_placeholder\":true,\"num\":1}},{\"_placeholder\":true,\"num\":0}]");
        await room.Clients[3].SendAsync([1]);
        await room.Clients[3].SendAsync([2, 3]);
        var all = await answers.WithDeadline();
        Assert.Equal([0, 1, 1, 1], all.Select(answer => answer.Count));
        Assert.Null(all[0].Get<int?>(0));
        Assert.Null(all[1].Get<int?>(0));
        Assert.Equal(1, all[2].Get<int?>(0));
        Assert.Equal([2, 3], all[3].Get<Dictionary<string, byte[]>>(0)!["a"]);
    }

    [Fact, Trait("Spec", "SRV-CHEAT-09"), Trait("Spec", "SRV-BC-06")]
    public async Task FromASocketItIsExcluded()
    {
        await using var room = await Room.OpenAsync(4);
        await room.Clients[0].Socket.JoinAsync("room1");
        await room.Clients[1].Socket.JoinAsync("room1");
        await room.Clients[2].Socket.JoinAsync(["room2", "room4"]);
        await room.Clients[3].Socket.JoinAsync("room3");
        var answers = room.Clients[0].Socket.Timeout(FiveSeconds).To("room1").To(["room2", "room3"]).Except("room4").EmitWithAckAsync<int>("question");
        await room.Clients[1].ExpectAsync("420[\"question\"]");
        await room.Clients[3].ExpectAsync("420[\"question\"]");
        await room.AnswerAsync(1, "430[1]", 1);
        await room.Clients[3].SendAsync("430[3]");
        Assert.Equal([1, 3], await answers.WithDeadline());
        Assert.Empty(await room.Clients[0].DrainAsync());
        Assert.Empty(await room.Clients[2].DrainAsync());
    }

    [Fact, Trait("Spec", "SRV-NET-06"), Trait("Spec", "SRV-BC-18")]
    public async Task CancellationEndsTheWaitAndReleasesTheHandlers()
    {
        await using var room = await Room.OpenAsync(2);
        using var source = new CancellationTokenSource();
        var answers = room.Io.Timeout(FiveSeconds).EmitWithAckAsync<int>("question", source.Token);
        foreach (var client in room.Clients) await client.ExpectAsync("420[\"question\"]");
        Assert.Equal(2, room.PendingAcks);
        await source.CancelAsync();
        var canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answers.WithDeadline());
        Assert.Equal(source.Token, canceled.CancellationToken);
        Assert.Equal(0, room.PendingAcks);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => room.Io.Timeout(FiveSeconds).EmitWithAckAsync<int>("never sent", source.Token));
        Assert.Empty(await room.Clients[0].DrainAsync());
    }

    [Fact, Trait("Spec", "SRV-BC-19"), Trait("Spec", "SRV-ADP-16")]
    public async Task EachServerReportsHowManyItReached()
    {
        CountedAdapter adapter = null!;
        await using var server = await TestServer.StartAsync(options: options => options.Adapter = ns => adapter = new CountedAdapter(ns, servers: 3));
        await using var client = await server.ConnectAsync();
        var answers = server.Io.Timeout(FiveSeconds).EmitWithAckAsync<int>("question");
        await client.ExpectAsync("420[\"question\"]");
        await client.SendAsync("430[1]");
        await client.SyncAsync();
        adapter.Observer.OnClientCount(1);
        adapter.Observer.OnClientCount(0);
        Assert.False(answers.IsCompleted);
        adapter.Observer.OnAck(new Payload("2"u8.ToArray()));
        Assert.Equal([1, 2], await answers.WithDeadline());
        Assert.True(adapter.Operation.IsCancellationRequested);
        // Late reports, and one of a server that nobody counted, change nothing.
        adapter.Observer.OnAck(new Payload("3"u8.ToArray()));
        adapter.Observer.OnClientCount(5);

        // This server alone: the others need not report.
        var local = server.Io.Local.Timeout(FiveSeconds).EmitWithAckAsync<int>("question");
        await client.ExpectAsync("421[\"question\"]");
        await client.SendAsync("431[4]");
        Assert.Equal([4], await local.WithDeadline());
    }

    [Fact, Trait("Spec", "SRV-BC-12")]
    public async Task AFailingAdapterFailsTheOperation()
    {
        await using var server = await TestServer.StartAsync(options: options => options.Adapter = ns => new CountedAdapter(ns, servers: 0));
        await Assert.ThrowsAsync<NotSupportedException>(() => server.Io.Timeout(FiveSeconds).EmitWithAckAsync<int>("question").WithDeadline());
    }

    [Fact, Trait("Spec", "SRV-BC-12"), Trait("Spec", "SRV-EMIT-07")]
    public async Task ManyAtOnceDoNotMixUpTheirAnswers()
    {
        await using var room = await Room.OpenAsync(3);
        var operations = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() =>
            (Number: i, Answers: room.Io.Timeout(TimeSpan.FromMinutes(1)).EmitWithAckAsync<int>("echo", i)))));
        foreach (var client in room.Clients)
        {
            for (int i = 0; i < operations.Length; i++)
            {
                string packet = await client.ReceiveAsync();
                int bracket = packet.IndexOf('[', StringComparison.Ordinal);
                string number = packet[(packet.IndexOf(',', StringComparison.Ordinal) + 1)..^1];
                await client.SendAsync($"43{packet[2..bracket]}[{number}]");
            }
        }

        foreach (var (number, answers) in operations) Assert.Equal([number, number, number], await answers.WithDeadline());
        Assert.Equal(0, room.PendingAcks);
        Assert.All(room.Clients, client => Assert.False(client.Socket.Client.AwaitsAck));
    }

    private sealed class Room(TestServer server, List<TestClient> clients) : IAsyncDisposable
    {
        public TestServer Server { get; } = server;

        public SocketIOServer Io => Server.Io;

        public List<TestClient> Clients { get; } = clients;

        public int PendingAcks => Io.Sockets.Sockets.Values.Sum(socket => socket.PendingAckCount);

        public static async Task<Room> OpenAsync(int clients, bool fakeTime = false)
        {
            var server = await TestServer.StartAsync(fakeTime: fakeTime, debug: true);
            var room = new Room(server, []);
            for (int i = 0; i < clients; i++) room.Clients.Add(await server.ConnectAsync());
            return room;
        }

        /// <summary>A client answers, and the server has counted so many answers.</summary>
        public async Task AnswerAsync(int client, string packet, int answers)
        {
            await Clients[client].SendAsync(packet);
            string line = $"responses: servers: 1 / 1 ; clients: {answers} / ";
            await Deadline.UntilAsync(
                () => Server.Debug!.Of("socket.io:broadcast-operator").Any(entry => entry.StartsWith(line, StringComparison.Ordinal)), line);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var client in Clients) await client.DisposeAsync();
            await Server.DisposeAsync();
        }
    }

    private sealed class CountedAdapter(ServerNamespace ns, int servers) : InMemoryAdapter(ns)
    {
        public IBroadcastAckObserver Observer { get; private set; } = null!;

        public CancellationToken Operation { get; private set; }

        public override ValueTask<int> GetServerCountAsync(CancellationToken cancellationToken = default) =>
            servers > 0 ? new(servers) : throw new NotSupportedException();

        public override ValueTask BroadcastWithAckAsync(
            Packet packet, BroadcastOptions options, IBroadcastAckObserver observer, CancellationToken cancellationToken = default)
        {
            (Observer, Operation) = (observer, cancellationToken);
            return base.BroadcastWithAckAsync(packet, options, observer, cancellationToken);
        }
    }
}
