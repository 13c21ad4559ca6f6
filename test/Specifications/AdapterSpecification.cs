using Microsoft.Extensions.Time.Testing;
using SocketIO;
using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Adapters;
using TestKit;

namespace Specifications;

/// <summary>What every adapter does, for one server or for many: four clients, spread over the servers, cannot tell the difference.</summary>
public abstract class AdapterSpecification : IAsyncLifetime
{
    private const int ClientCount = 4;

    protected static readonly TimeSpan FiveSeconds = TimeSpan.FromSeconds(5);

    protected FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch.AddYears(55));

    protected List<Node> Nodes { get; } = [];

    protected List<NodeClient> Clients { get; } = [];

    protected virtual int NodeCount => 3;

    protected SocketIOServer Io => Nodes[0].Io;

    public virtual async ValueTask InitializeAsync()
    {
        await StartStoreAsync();
        for (int i = 0; i < NodeCount; i++)
        {
            int node = i;
            Nodes.Add(await Node.StartAsync(ns => CreateAdapter(ns, node), Time));
        }

        await SettleAsync("/");
        for (int i = 0; i < ClientCount; i++) Clients.Add(await NodeClient.ConnectAsync(Nodes[i % NodeCount], auth: "{\"number\":" + i + "}"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in Clients) await client.DisposeAsync();
        foreach (var node in Nodes) await node.DisposeAsync();
        await StopStoreAsync();
        GC.SuppressFinalize(this);
    }

    [Fact, Trait("Spec", "SRV-SCN-18"), Trait("Spec", "SRV-CLU-01")]
    [Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:93")]
    public async Task AnEmitReachesTheClientsOfAllServersWithItsBytes()
    {
        await Io.EmitAsync("test", 1, "2", new byte[] { 3, 4 });
        foreach (var client in Clients)
        {
            await client.ExpectAsync("451-[\"test\",1,\"2\",{\"_placeholder\":true,\"num\":0}]");
            await client.ExpectAsync(new byte[] { 3, 4 });
        }
    }

    [Fact, Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:108"), Trait("Spec", "SRV-CLU-03")]
    public async Task NamespacesAreApart()
    {
        foreach (var node in Nodes) node.Io.Of("/custom");
        await SettleAsync("/custom");
        await using var last = await NodeClient.ConnectAsync(Nodes[^1], "/custom");
        await Io.Of("/custom").EmitAsync("test");
        await last.ExpectAsync("42/custom,[\"test\"]");
        await Io.EmitAsync("end");
        foreach (var client in Clients) Assert.Empty(await client.UntilEndAsync());
    }

    [Fact, Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:130")]
    public async Task ARoomHasMembersOnAnyServer()
    {
        await Clients[1].Socket.JoinAsync("room");
        await Clients[3].Socket.JoinAsync("room");
        await Io.To("room").EmitAsync("test");
        await ExpectOnlyAsync("42[\"test\"]", 1, 3);
    }

    [Fact, Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:140")]
    public async Task ExceptedRoomsAreLeftOut()
    {
        await Clients[1].Socket.JoinAsync(["a", "b"]);
        await Clients[2].Socket.JoinAsync("a");
        await Io.To("a").To(Clients[0].Id).Except("b").EmitAsync("test");
        await ExpectOnlyAsync("42[\"test\"]", 0, 2);
    }

    [Fact, Trait("Spec", "SRV-BC-06")]
    public async Task ASocketsBroadcastLeavesItOut()
    {
        await Clients[1].Socket.Broadcast.EmitAsync("test");
        await Clients[0].ExpectAsync("42[\"test\"]");
        await Clients[2].ExpectAsync("42[\"test\"]");
        await Clients[3].ExpectAsync("42[\"test\"]");
        await Io.EmitAsync("end");
        Assert.Empty(await Clients[1].UntilEndAsync());
    }

    [Fact, Trait("Spec", "SRV-BC-09")]
    public async Task FlagsTravel()
    {
        await Io.Volatile.Compress(false).EmitAsync("test");
        foreach (var client in Clients) await client.ExpectAsync("42[\"test\"]");
    }

    [Fact, Trait("Spec", "SRV-BC-12"), Trait("Spec", "SRV-CLU-06"), Trait("Spec", "SRV-CHEAT-05")]
    [Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:172")]
    public async Task AcknowledgementsAreGathered()
    {
        var answers = Io.Timeout(FiveSeconds).EmitWithAckAsync<int>("test", "x");
        for (int i = 0; i < Clients.Count; i++) await Clients[i].AnswerAsync("[\"test\",\"x\"]", $"[{i},\"surplus\"]");
        Assert.Equal([0, 1, 2, 3], (await answers.WithDeadline()).Order());
        await NothingIsPendingAsync();
    }

    [Fact, Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:192")]
    public async Task AcknowledgementsMayBeBinaryOrEmpty()
    {
        var answers = Io.Timeout(FiveSeconds).EmitWithAckAsync<byte[]>("test");
        for (int i = 0; i < Clients.Count; i++)
        {
            if (i == 3)
            {
                await Clients[i].AnswerAsync("[\"test\"]", "[]");
                continue;
            }

            string id = await Clients[i].AnswerAsync("[\"test\"]", null);
            await Clients[i].SendAsync($"461-{id}[{{\"_placeholder\":true,\"num\":0}}]");
            await Clients[i].SendAsync((byte)i);
        }

        var all = await answers.WithDeadline();
        Assert.Equal([0, 1, 2], all.OfType<byte[]>().Select(bytes => Assert.Single(bytes)).Order().Select(value => (int)value));
        Assert.Equal(4, all.Count);
    }

    [Fact, Trait("Spec", "SRV-BC-14"), Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:207")]
    public async Task NobodyIsAnEmptyList()
    {
        Assert.Empty(await Io.To("nobody").Timeout(FiveSeconds).EmitWithAckAsync<int>("test").WithDeadline());
        await NothingIsPendingAsync();
    }

    [Fact, Trait("Spec", "SRV-BC-13"), Trait("Spec", "SRV-BC-18"), Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:219")]
    public async Task AMissingAcknowledgementGivesThePartialListAndALateOneIsIgnored()
    {
        var answers = Io.Timeout(FiveSeconds).EmitArgumentsWithAcksAsync("test", []);
        await Clients[0].AnswerAsync("[\"test\"]", "[0]");
        await Clients[1].AnswerAsync("[\"test\"]", "[1]");
        await Clients[2].AnswerAsync("[\"test\"]", "[2]");
        string late = await Clients[3].AnswerAsync("[\"test\"]", null);
        // Their answers overtake this one nowhere: it goes the same way.
        foreach (var client in Clients.Take(3)) await RoundTripAsync(client);
        Time.Advance(FiveSeconds);
        var error = await Assert.ThrowsAsync<BroadcastTimeoutException>(() => answers.WithDeadline());
        Assert.Equal([0, 1, 2], error.GetResponses<int>().Order());
        await Clients[3].SendAsync($"43{late}[3]");
        await RoundTripAsync(Clients[3]);
        await NothingIsPendingAsync();
    }

    [Fact, Trait("Spec", "SRV-UTIL-03"), Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:235"), Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:244")]
    public async Task OneSocketGivesOneAnswerWhereverItIs()
    {
        foreach (var client in Clients)
        {
            var socket = Assert.Single(await Io.In(client.Id).FetchSocketsAsync().AsTask().WithDeadline());
            var answer = socket.Timeout(FiveSeconds).EmitWithAckAsync<string>("test", 1);
            await client.AnswerAsync("[\"test\",1]", "[\"answer\"]");
            Assert.Equal("answer", await answer.WithDeadline());
        }

        await NothingIsPendingAsync();
    }

    [Fact, Trait("Spec", "SRV-UTIL-03")]
    public async Task OneSocketThatDoesNotAnswerIsATimeout()
    {
        var socket = Assert.Single(await Io.In(Clients[1].Id).FetchSocketsAsync().AsTask().WithDeadline());
        var answer = socket.Timeout(FiveSeconds).EmitWithAckAsync<string>("test");
        await Clients[1].AnswerAsync("[\"test\"]", null);
        Time.Advance(FiveSeconds);
        await Assert.ThrowsAsync<AckTimeoutException>(() => answer.WithDeadline());
    }

    [Fact, Trait("Spec", "SRV-UTIL-04"), Trait("Spec", "SRV-CLU-05"), Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:258")]
    [Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:268"), Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:281")]
    public async Task SocketsOfAllServersJoin()
    {
        await Io.SocketsJoinAsync("all");
        await UntilRoomsAsync(client => client.Socket.Rooms.Contains("all"));
        await Clients[1].Socket.JoinAsync("some");
        await Clients[2].Socket.JoinAsync("some");
        await Io.In("some").Except(Clients[2].Id).SocketsJoinAsync(["x", "y"]);
        await Io.In(Clients[3].Id).SocketsJoinAsync("own");
        await Io.SocketsJoinAsync("end");
        await UntilRoomsAsync(client => client.Socket.Rooms.Contains("end"));
        Assert.Equal([Clients[0].Id, "all", "end"], Clients[0].Socket.Rooms);
        Assert.Equal([Clients[1].Id, "all", "some", "x", "y", "end"], Clients[1].Socket.Rooms);
        Assert.Equal([Clients[2].Id, "all", "some", "end"], Clients[2].Socket.Rooms);
        Assert.Equal([Clients[3].Id, "all", "own", "end"], Clients[3].Socket.Rooms);
    }

    [Fact, Trait("Spec", "SRV-UTIL-04"), Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:291")]
    [Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:304"), Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:318")]
    public async Task SocketsOfAllServersLeave()
    {
        foreach (var client in Clients) await client.Socket.JoinAsync(["all", "x", "y", "own"]);
        await Clients[1].Socket.JoinAsync("some");
        await Io.SocketsLeaveAsync("all");
        await Io.In("some").SocketsLeaveAsync(["x", "y"]);
        await Io.In(Clients[3].Id).SocketsLeaveAsync("own");
        await Io.SocketsJoinAsync("end");
        await UntilRoomsAsync(client => client.Socket.Rooms.Contains("end"));
        Assert.Equal([Clients[0].Id, "x", "y", "own", "end"], Clients[0].Socket.Rooms);
        Assert.Equal([Clients[1].Id, "own", "some", "end"], Clients[1].Socket.Rooms);
        Assert.Equal([Clients[3].Id, "x", "y", "end"], Clients[3].Socket.Rooms);
    }

    [Fact, Trait("Spec", "SRV-UTIL-05"), Trait("Spec", "SRV-UTIL-06"), Trait("Spec", "SRV-BC-11")]
    [Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:332"), Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:345")]
    public async Task SocketsOfAllServersAreDisconnectedAfterWhatWasEmitted()
    {
        await Io.EmitAsync("bye");
        await Io.DisconnectSocketsAsync(close: true);
        foreach (var client in Clients)
        {
            await client.ExpectAsync("42[\"bye\"]", "41");
            await client.ReceiveEndAsync();
        }
    }

    [Fact, Trait("Spec", "SRV-UTIL-01"), Trait("Spec", "SRV-UTIL-02"), Trait("Spec", "SRV-CLU-07")]
    [Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:363"), Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:372")]
    public async Task SocketsOfAllServersAreFoundAndCanBeUsed()
    {
        Clients[1].Socket.Data["user"] = new Dictionary<string, object> { ["name"] = "Alice" };
        Clients[1].Socket.Data["bytes"] = new byte[] { 1, 2 };
        await Clients[1].Socket.JoinAsync("room");
        var all = await Io.FetchSocketsAsync().AsTask().WithDeadline();
        Assert.Equal(Clients.Select(client => client.Id).Order(), all.Select(socket => socket.Id).Order());

        var socket = all.Single(socket => socket.Id == Clients[1].Id);
        Assert.Equal([Clients[1].Id, "room"], socket.Rooms);
        Assert.Equal("Alice", socket.GetData<Dictionary<string, string>>("user")!["name"]);
        Assert.Equal([1, 2], socket.GetData<byte[]>("bytes")!);
        Assert.Equal(["bytes", "user"], socket.Data.Keys.Order());
        var (expected, found) = (Clients[1].Socket.Handshake, socket.Handshake);
        Assert.Equal(expected.Headers.OrderBy(pair => pair.Key), found.Headers.OrderBy(pair => pair.Key));
        Assert.Equal(expected.Query.OrderBy(pair => pair.Key), found.Query.OrderBy(pair => pair.Key));
        Assert.Equal(
            (expected.Url, expected.Address, expected.Issued, expected.Time, expected.Secure, expected.XDomain),
            (found.Url, found.Address, found.Issued, found.Time, found.Secure, found.XDomain));
        Assert.Equal(1, found.Auth.GetProperty("number").GetInt32());

        await socket.EmitAsync("hello");
        await Clients[1].ExpectAsync("42[\"hello\"]");
        await socket.JoinAsync(["a", "b"]);
        await socket.LeaveAsync("a");
        await Deadline.UntilAsync(() => Clients[1].Socket.Rooms.SequenceEqual([Clients[1].Id, "room", "b"]), "the rooms");
        await socket.DisconnectAsync();
        await Clients[1].ExpectAsync("41");
        await NothingIsPendingAsync();
    }

    [Fact, Trait("Spec", "SRV-CLU-07")]
    public async Task SocketsOfAllServersAreCounted()
    {
        await Clients[1].Socket.JoinAsync(["room", "x"]);
        await Clients[2].Socket.JoinAsync("room");
        foreach (var (target, expected) in ((BroadcastOperator, int)[])[
            (Io.Sockets.Compress(true), 4), (Io.To("room"), 2), (Io.To("room").Except("x"), 1), (Io.To("nobody"), 0), (Io.Except("room"), 2), (Io.To(Clients[1].Id), 1)])
        {
            var count = await target.CountAsync().AsTask().WithDeadline();
            Assert.Equal((expected, true), (count.Count, count.IsComplete));
            var presence = await target.ExistsAsync().AsTask().WithDeadline();
            Assert.Equal((expected > 0, true), (presence.Exists, presence.IsComplete));
        }

        Assert.Equal(4, (await Io.CountAsync().AsTask().WithDeadline()).Count);
        Assert.True(await Io.ExistsAsync().AsTask().WithDeadline());
        Assert.False(await Io.To("nobody").ExistsAsync().AsTask().WithDeadline());
        await NothingIsPendingAsync();
    }

    [Fact, Trait("Spec", "SEC-CLU-02")]
    public async Task TenThousandSocketsLeaveOneRoomAtOnce()
    {
        var adapter = Io.Of("/crowd").Adapter;
        string[] ids = [.. Enumerable.Range(0, 10_000).Select(i => $"socket{i}")];
        foreach (string id in ids) await adapter.AddAllAsync(id, [id, "room"]);
        // A cost of the size of the room for each would be a hundred million steps.
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (string id in ids) await adapter.RemoveAllAsync(id);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100 * 10_000, "memory of the size of the room for each socket");
        Assert.Null(adapter.GetRooms(ids[^1]));
    }

    protected abstract IAdapter CreateAdapter(ServerNamespace ns, int node);

    /// <summary>Makes what the servers share.</summary>
    protected virtual Task StartStoreAsync() => Task.CompletedTask;

    protected virtual Task StopStoreAsync() => Task.CompletedTask;

    /// <summary>Waits until the servers know one another in a namespace.</summary>
    protected async Task SettleAsync(string ns, int? count = null)
    {
        var start = TimeProvider.System.GetTimestamp();
        foreach (var node in Nodes)
        {
            while (await node.Io.Of(ns).Adapter.GetServerCountAsync() != (count ?? NodeCount))
            {
                Assert.True(TimeProvider.System.GetElapsedTime(start) < Deadline.Default, "the servers do not get to know one another");
                await Task.Delay(2);
            }
        }
    }

    protected async Task ExpectOnlyAsync(string packet, params int[] clients)
    {
        // First theirs: what goes to a room and what goes to all may go different ways.
        foreach (int i in clients) await Clients[i].ExpectAsync(packet);
        await Io.EmitAsync("end");
        foreach (var client in Clients) Assert.Empty(await client.UntilEndAsync());
    }

    /// <summary>Waits until everything a client sent has been handled, here and at the other servers.</summary>
    protected async Task RoundTripAsync(NodeClient client)
    {
        var answer = Io.To(client.Id).Timeout(FiveSeconds).EmitWithAckAsync<int>("round trip");
        await client.AnswerAsync("[\"round trip\"]", "[1]");
        Assert.Equal([1], await answer.WithDeadline());
    }

    protected Task NothingIsPendingAsync() => Deadline.UntilAsync(
        () => Nodes.All(node => node.Io.Of("/").Adapter is not ClusterAdapter adapter || adapter.PendingOperations == 0), "no pending operation");

    private Task UntilRoomsAsync(Func<NodeClient, bool> condition) => Deadline.UntilAsync(() => Clients.All(condition), "the rooms");
}
