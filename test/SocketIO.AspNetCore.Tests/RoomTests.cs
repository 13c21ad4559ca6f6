using SocketIO.AspNetCore.Adapters;

namespace SocketIO.AspNetCore.Tests;

public sealed class RoomTests
{
    [Fact, Trait("Spec", "SRV-ROOM-01"), Trait("Spec", "SRV-ROOM-02"), Trait("Spec", "SRV-ROOM-03")]
    [Trait("Behaviour", "socket.io/test/messaging-many.ts:263"), Trait("Behaviour", "socket.io/test/messaging-many.ts:315")]
    public async Task JoiningIsSeenAtOnceAndTwiceIsOnce()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io =>
        {
            io.Sockets.Adapter.RoomJoined += (room, _) => trace.Add(room.Length == 20 ? "own" : room);
            io.OnConnection(socket =>
            {
                Assert.Equal([socket.Id], socket.Rooms);
                Assert.True(socket.JoinAsync("a").IsCompletedSuccessfully);
                Assert.True(socket.JoinAsync(["a", "b"]).IsCompletedSuccessfully);
                Assert.Equal([socket.Id, "a", "b"], socket.Rooms);
            });
        });
        await using var client = await server.ConnectAsync();
        Assert.Equal(["own", "a", "b"], trace.Lines);
        Assert.Empty(server.Log.Errors);
        await server.Io.To(client.Id).EmitAsync("own room");
        await client.ExpectAsync("42[\"own room\"]");
    }

    [Fact, Trait("Spec", "SRV-ROOM-04")]
    [Trait("Behaviour", "socket.io/test/messaging-many.ts:263"), Trait("Behaviour", "socket.io/test/messaging-many.ts:283")]
    [Trait("Behaviour", "socket.io/test/messaging-many.ts:297")]
    public async Task LeavingAnUnknownRoomDoesNothingAndEmptyRoomsVanish()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.Socket.LeaveAsync("unknown");
        await client.Socket.JoinAsync("room");
        await client.Socket.LeaveAsync("room");
        Assert.Equal([client.Id], ((InMemoryAdapter)server.Io.Sockets.Adapter).Rooms);
        Assert.Null(server.Io.Sockets.Adapter.GetRooms("unknown"));
    }

    [Fact, Trait("Spec", "SRV-ROOM-05"), Trait("Spec", "SRV-NSP-03")]
    public async Task RoomsBelongToOneNamespaceAndKnowCase()
    {
        await using var server = await TestServer.StartAsync(io =>
        {
            io.OnConnection(socket => socket.JoinAsync("room"));
            io.Of("/b").OnConnection(socket => socket.JoinAsync("Room"));
        });
        await using var client = await server.ConnectAsync();
        await client.JoinAsync("/b");
        await server.Io.Of("/b").To("room").EmitAsync("no");
        await server.Io.To("Room").EmitAsync("no");
        await server.Io.To("room").EmitAsync("a");
        await server.Io.Of("/b").To("Room").EmitAsync("b");
        await client.ExpectAsync("42[\"a\"]", "42/b,[\"b\"]");
    }

    [Fact, Trait("Spec", "SRV-ROOM-06")]
    public async Task ASocketMayLeaveItsOwnRoom()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.Socket.LeaveAsync(client.Id);
        await server.Io.To(client.Id).EmitAsync("not reached");
        await client.Socket.EmitAsync("direct");
        await server.Io.EmitAsync("everybody");
        await client.ExpectAsync("42[\"direct\"]", "42[\"everybody\"]");
    }

    [Theory, Trait("Spec", "SRV-SEC-06")]
    [InlineData("__proto__")]
    [InlineData("constructor")]
    [InlineData("")]
    public async Task AnyNameIsAName(string name)
    {
        await using var server = await TestServer.StartAsync(io =>
        {
            io.Of("/" + name);
            io.OnConnection(socket => socket.On(name, () => socket.JoinAsync(name)));
        });
        await using var client = await server.ConnectAsync();
        await client.SendAsync($"42[\"{name}\"]");
        await TestKit.Deadline.UntilAsync(() => client.Socket.Rooms.Contains(name), "the room");
        await server.Io.To(name).EmitAsync(name);
        await client.ExpectAsync($"42[\"{name}\"]");
        Assert.Same(server.Io.Of("/" + name), server.Io.Of(name));
    }
}
