using Microsoft.Extensions.Logging.Abstractions;
using SocketIO.AspNetCore.Adapters;

namespace SocketIO.AspNetCore.Tests.Adapters;

public sealed class InMemoryAdapterTests : IAsyncDisposable
{
    private readonly SocketIOServer _server = new(new SocketIOOptions(), NullLoggerFactory.Instance, TimeProvider.System);
    private readonly Trace _trace = new();
    private readonly InMemoryAdapter _adapter;

    public InMemoryAdapterTests()
    {
        _adapter = new InMemoryAdapter(_server.Sockets);
        _adapter.RoomCreated += room => _trace.Add($"create {room}");
        _adapter.RoomDeleted += room => _trace.Add($"delete {room}");
        _adapter.RoomJoined += (room, id) => _trace.Add($"join {room} {id}");
        _adapter.RoomLeft += (room, id) => _trace.Add($"leave {room} {id}");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact, Trait("Spec", "SRV-ADP-01"), Trait("Spec", "SRV-ADP-02"), Trait("Spec", "SRV-ADP-14")]
    [Trait("Behaviour", "socket.io-adapter/test/index.ts:5"), Trait("Behaviour", "socket.io-adapter/test/index.ts:227")]
    [Trait("Behaviour", "socket.io-adapter/test/index.ts:236"), Trait("Behaviour", "socket.io-adapter/test/index.ts:246")]
    [Trait("Behaviour", "socket.io-adapter/test/index.ts:256")]
    public async Task AddingRaisesCreateBeforeJoinAndEachOnce()
    {
        await _adapter.AddAllAsync("s1", ["r1", "r2"]);
        await _adapter.AddAllAsync("s1", ["r1"]);
        await _adapter.AddAllAsync("s2", ["r1"]);
        Assert.Equal(["create r1", "join r1 s1", "create r2", "join r2 s1", "join r1 s2"], _trace.Lines);
        Assert.Equal(["r1", "r2"], _adapter.GetRooms("s1")!);
        Assert.Equal(["s1", "s2"], _adapter.GetMembers("r1"));
    }

    [Fact, Trait("Spec", "SRV-ADP-03")]
    [Trait("Behaviour", "socket.io-adapter/test/index.ts:5"), Trait("Behaviour", "socket.io-adapter/test/index.ts:266")]
    [Trait("Behaviour", "socket.io-adapter/test/index.ts:298"), Trait("Behaviour", "socket.io-adapter/test/index.ts:308")]
    public async Task RemovingRaisesLeaveBeforeDelete()
    {
        await _adapter.AddAllAsync("s1", ["r1"]);
        await _adapter.AddAllAsync("s2", ["r1"]);
        await _adapter.RemoveAsync("s1", "r1");
        await _adapter.RemoveAsync("s1", "r1");
        await _adapter.RemoveAsync("s1", "unknown");
        await _adapter.RemoveAsync("unknown", "r1");
        await _adapter.RemoveAsync("s2", "r1");
        Assert.Equal(["leave r1 s1", "leave r1 s2", "delete r1"], _trace.Lines.Skip(3));
        Assert.Empty(_adapter.GetRooms("s1")!);
    }

    [Fact, Trait("Spec", "SRV-ADP-04")]
    [Trait("Behaviour", "socket.io/test/messaging-many.ts:297")]
    [Trait("Behaviour", "socket.io-adapter/test/index.ts:5"), Trait("Behaviour", "socket.io-adapter/test/index.ts:49")]
    [Trait("Behaviour", "socket.io-adapter/test/index.ts:287")]
    public async Task RemovingAllForgetsTheId()
    {
        await _adapter.AddAllAsync("s1", ["r1", "r2"]);
        await _adapter.AddAllAsync("s2", ["r2"]);
        await _adapter.RemoveAllAsync("s1");
        await _adapter.RemoveAllAsync("s1");
        Assert.Equal(["leave r1 s1", "delete r1", "leave r2 s1"], _trace.Lines.Skip(5));
        Assert.Null(_adapter.GetRooms("s1"));
        Assert.Equal(["r2"], _adapter.Rooms);
    }

    [Fact, Trait("Spec", "SRV-ADP-03"), Trait("Behaviour", "socket.io-adapter/test/index.ts:277")]
    public async Task AHandlerMayLeaveTheRoomThatIsBeingLeft()
    {
        await _adapter.AddAllAsync("s1", ["r1"]);
        _adapter.RoomLeft += (room, id) => _ = _adapter.RemoveAsync(id, room).AsTask();
        await _adapter.RemoveAsync("s1", "r1");
        Assert.Equal(["leave r1 s1", "delete r1"], _trace.Lines.Skip(2));
        Assert.Empty(_adapter.Rooms);
    }

    [Fact, Trait("Spec", "SEC-CLU-02")]
    public async Task ACrowdThatLeavesOneRoomCostsEachItsOwnRoomsAlone()
    {
        const int Crowd = 100_000;
        var adapter = new InMemoryAdapter(_server.Sockets);
        for (int i = 0; i < Crowd; i++) await adapter.AddAllAsync($"s{i}", [$"s{i}", "room"]);
        long start = TimeProvider.System.GetTimestamp();
        for (int i = 0; i < Crowd; i++) await adapter.RemoveAllAsync($"s{i}");
        // A scan of the room for each would take minutes.
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Empty(adapter.Rooms);
    }

    [Fact]
    public async Task ManyMembersAndManyRooms()
    {
        string[] rooms = [.. Enumerable.Range(0, 100).Select(i => $"r{i}")];
        for (int i = 0; i < 100; i++) await _adapter.AddAllAsync($"s{i}", rooms);
        Assert.Equal(100, _adapter.GetMembers("r7").Length);
        Assert.Equal(100, _adapter.GetRooms("s7")!.Count);
        for (int i = 0; i < 99; i++) await _adapter.RemoveAllAsync($"s{i}");
        Assert.Equal(["s99"], _adapter.GetMembers("r7"));
        await _adapter.RemoveAllAsync("s99");
        Assert.Empty(_adapter.Rooms);
        Assert.Equal(1, await _adapter.GetServerCountAsync(TestContext.Current.CancellationToken));
    }

    [Fact, Trait("Spec", "SRV-ADP-15")]
    public async Task ManyThreadsLeaveNothingBehindAndEventsMayCallBack()
    {
        // A handler that takes a while, and calls the adapter from another thread: it would never end if a lock were held.
        _adapter.RoomJoined += (_, id) => Task.Run(() => _adapter.GetRooms(id)).GetAwaiter().GetResult();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            for (int i = 0; i < 200; i++)
            {
                string id = $"s{thread}-{i}";
                await _adapter.AddAllAsync(id, [id, "shared", $"r{i % 5}"]);
                _ = _adapter.GetMembers("shared");
                await _adapter.RemoveAsync(id, "shared");
                await _adapter.RemoveAllAsync(id);
            }
        })));
        Assert.Empty(_adapter.Rooms);
        Assert.Equal(_trace.Lines.Count(line => line.StartsWith("create", StringComparison.Ordinal)), _trace.Lines.Count(line => line.StartsWith("delete", StringComparison.Ordinal)));
        Assert.Equal(8 * 200 * 3, _trace.Lines.Count(line => line.StartsWith("join", StringComparison.Ordinal)));
        Assert.Equal(8 * 200 * 3, _trace.Lines.Count(line => line.StartsWith("leave", StringComparison.Ordinal)));
    }
}
