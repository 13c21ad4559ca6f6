using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Adapters;
using SocketIO.Redis.Connections;
using Specifications;
using StackExchange.Redis;
using TestKit;

namespace SocketIO.Redis.Tests.Sharded;

/// <summary>The sharded adapter, as every adapter for several servers.</summary>
public abstract class ShardedSpecification : ClusterSpecification
{
    private readonly RedisConnections _connections = new();
    private string _address = "";

    protected string Prefix { get; } = SharedRedis.NextPrefix();

    protected abstract RedisSubscriptionMode Mode { get; }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        // Nobody waits for the room of a socket's own.
        if (Mode != RedisSubscriptionMode.DynamicPrivate) return;
        foreach (var client in Clients) await UntilHeardAsync(client.Id, 1);
    }

    [Fact, Trait("Spec", "SRV-CLU-01"), Trait("Spec", "SRV-CLU-05")]
    public async Task AJoinedRoomIsHeardAndALeftOneIsNot()
    {
        bool hasChannel = Mode != RedisSubscriptionMode.Static;
        for (int i = 0; i < 20; i++)
        {
            // From another server, at once.
            await Clients[1].Socket.JoinAsync($"room{i}");
            await Io.To($"room{i}").EmitAsync("n", i);
            await Clients[1].ExpectAsync($"42[\"n\",{i}]");
            Assert.Equal(hasChannel ? 1 : 0, await CountAsync($"room{i}"));
        }

        for (int i = 0; i < 20; i++) await Clients[1].Socket.LeaveAsync($"room{i}");
        for (int i = 0; i < 20; i++) await UntilHeardAsync($"room{i}", 0);
    }

    [Fact, Trait("Spec", "SRV-CLU-01")]
    public async Task ARoomNamedLikeAnIdIsARoom()
    {
        string[] rooms = ["a room of 20 letters", "", "#", "salle-é€😀", ((ClusterAdapter)Nodes[1].Io.Of("/").Adapter).ServerId];
        Assert.Equal(20, rooms[0].Length);
        foreach (string room in rooms)
        {
            await Clients[1].Socket.JoinAsync(room);
            await Clients[3].Socket.JoinAsync(room);
            await Io.To(room).EmitAsync("test");
            await ExpectOnlyAsync("42[\"test\"]", 1, 3);
            Assert.Equal(2, (await Io.To(room).CountAsync().AsTask().WithDeadline()).Count);
        }

        await Nodes[1].Io.ServerSideEmitAsync("nothing");
        Assert.Equal(4, (await Nodes[1].Io.FetchSocketsAsync().AsTask().WithDeadline()).Count);
        await NothingIsPendingAsync();
    }

    [Fact, Trait("Spec", "SRV-CLU-04")]
    public async Task WhoSwitchesRoomsInTheMidstOfBroadcastsGetsThoseOfEachInOrder()
    {
        bool isOver = false;
        string[] rooms = ["left", "right", "always"];
        await Clients[1].Socket.JoinAsync("always");
        Task[] emitting = [.. rooms.Select(room => EmitAsync(room, () => Volatile.Read(ref isOver)))];
        for (int i = 0; i < 100; i++)
        {
            string room = rooms[i % 2];
            await Clients[1].Socket.JoinAsync(room);
            await Clients[2].Socket.JoinAsync(room);
            if (i % 3 == 0) await Task.Delay(1);
            await Clients[1].Socket.LeaveAsync(room);
            await Clients[2].Socket.LeaveAsync(room);
        }

        await Clients[1].Socket.JoinAsync(rooms);
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(emitting).WithDeadline();
        // Of each room a last one: whoever is in it gets that.
        foreach (string room in rooms) await Io.To(room).EmitAsync("last", room);
        var received = rooms.ToDictionary(room => room, _ => new List<int>());
        for (int last = 0; last < rooms.Length;)
        {
            var packet = (await Clients[1].NextAsync())[2..];
            var arguments = System.Text.Json.JsonDocument.Parse(packet).RootElement;
            string room = arguments[1].GetString()!;
            if (arguments[0].GetString() == "last") last++;
            else received[room].Add(arguments[2].GetInt32());
        }

        foreach (string room in rooms)
        {
            Assert.NotEmpty(received[room]);
            Assert.Equal(received[room].Distinct().Order(), received[room]);
        }

        // Who stays misses none.
        Assert.Equal(Enumerable.Range(0, received["always"].Count), received["always"]);
        await Io.EmitAsync("end");
        Assert.All(await Clients[2].UntilEndAsync(), packet => Assert.StartsWith("42[\"tick\",", packet));

        async Task EmitAsync(string room, Func<bool> isOver)
        {
            for (int i = 0; !isOver(); i++)
            {
                await Io.To(room).EmitAsync("tick", room, i);
                if (i % 8 == 0) await Task.Delay(1);
            }
        }
    }

    [Fact]
    public async Task ManyWhoComeAndGoAtOnceLeaveAChannelAsItShouldBe()
    {
        var adapter = Nodes[1].Io.Of("/").Adapter;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(task => Task.Run(async () =>
        {
            for (int i = 0; i < 100; i++)
            {
                await adapter.AddAllAsync($"s{task}", [$"room{i % 4}"]);
                if (i % 2 == 0) await adapter.RemoveAsync($"s{task}", $"room{i % 4}");
                else await adapter.RemoveAllAsync($"s{task}");
            }
        }))).WithDeadline();
        for (int i = 0; i < 4; i++) await UntilHeardAsync($"room{i}", 0);
        await Clients[1].Socket.JoinAsync("room0");
        await Io.To("room0").EmitAsync("test");
        await ExpectOnlyAsync("42[\"test\"]", 1);
    }

    [Fact]
    public async Task AClosedServerListensToNothing()
    {
        await Clients[1].Socket.JoinAsync("room");
        string id = ((ClusterAdapter)Nodes[1].Io.Of("/").Adapter).ServerId;
        Assert.Equal(1, await CountAsync(id));
        await Nodes[1].DisposeAsync();
        Nodes.RemoveAt(1);
        await SettleAsync("/", count: 2);
        foreach (string name in (string[])["room", id, Clients[1].Id]) await UntilHeardAsync(name, 0);
    }

    protected override IAdapter CreateAdapter(ServerNamespace ns, int node)
    {
        var options = new ShardedRedisAdapterOptions { Configuration = _address, ChannelPrefix = Prefix, SubscriptionMode = Mode };
        return _connections.ToAdapter(options, static (ns, options, connection) => new ShardedRedisAdapter(ns, options, connection))(ns);
    }

    protected override async Task StartStoreAsync() => _address = string.Join(',', (await GetMastersAsync()).Select(master => master.Address));

    protected abstract Task<IReadOnlyList<RedisServer>> GetMastersAsync();

    protected override string TimeoutText(int missing, int of) => $"timeout reached: only {of - missing} responses received out of {of}";

    /// <summary>How many servers listen to the channel of a room.</summary>
    private async Task<long> CountAsync(string room)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(_address);
        return await CountAsync(connection, room);
    }

    private async Task<long> CountAsync(ConnectionMultiplexer connection, string room)
    {
        var counts = connection.GetServers().Select(server => server.ExecuteAsync("PUBSUB", "SHARDNUMSUB", $"{Prefix}#/#{room}#"));
        return (await Task.WhenAll(counts)).Sum(static count => (long)count[1]);
    }

    private async Task UntilHeardAsync(string room, int servers)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(_address);
        long start = TimeProvider.System.GetTimestamp();
        while (await CountAsync(connection, room) != servers)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Deadline.Default, $"{room} is not heard by {servers}");
            await Task.Delay(2);
        }
    }
}
