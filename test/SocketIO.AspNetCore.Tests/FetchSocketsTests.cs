using System.Text;
using SocketIO.AspNetCore.Adapters;
using SocketIO.Cluster;
using TestKit;

namespace SocketIO.AspNetCore.Tests;

public sealed class FetchSocketsTests
{
    [Fact, Trait("Spec", "SRV-UTIL-01"), Trait("Spec", "SRV-ADP-07"), Trait("Spec", "SRV-CHEAT-11"), Trait("Spec", "SRV-SCN-03")]
    [Trait("Behaviour", "socket.io/test/utility-methods.ts:70"), Trait("Behaviour", "socket.io/test/utility-methods.ts:75")]
    [Trait("Behaviour", "socket.io-adapter/test/index.ts:200"), Trait("Behaviour", "socket.io-adapter/test/index.ts:211")]
    public async Task FindsTheSocketsThemselves()
    {
        await using var server = await TestServer.StartAsync();
        await using var a = await server.ConnectAsync();
        await using var b = await server.ConnectAsync();
        await using var c = await server.ConnectAsync();
        await a.Socket.JoinAsync(["user:1", "other"]);
        await b.Socket.JoinAsync("user:1");
        Assert.Equal(new[] { a.Id, b.Id, c.Id }.Order(), (await server.Io.FetchSocketsAsync()).Select(socket => socket.Id).Order());
        var found = await server.Io.In("user:1").Except("other").FetchSocketsAsync();
        Assert.Same(b.Socket, Assert.Single(found));
        Assert.Same(a.Socket, Assert.Single(await server.Io.Local.In("other").FetchSocketsAsync()));
        Assert.Equal(3, (await server.Io.Of("/").FetchSocketsAsync()).Count);
        Assert.Empty(await server.Io.In("nobody").FetchSocketsAsync());
    }

    [Fact, Trait("Spec", "SRV-UTIL-01"), Trait("Spec", "SRV-SOCK-04"), Trait("Spec", "SRV-SOCK-19")]
    public async Task AFoundSocketCanBeUsed()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(auth: "{\"token\":\"t\"}");
        client.Socket.Data["user"] = new User("Alice", 7);
        client.Socket.Data["count"] = 3;
        client.Socket.Items["secret"] = "s";
        var socket = Assert.Single(await server.Io.FetchSocketsAsync());
        Assert.Equal("t", socket.Handshake.Auth.GetProperty("token").GetString());
        Assert.Equal("Alice", socket.GetData<User>("user")!.Name);
        Assert.Equal("Alice", socket.GetData<Dictionary<string, object>>("user")!["Name"].ToString());
        Assert.Equal(3L, socket.GetData<long>("count"));
        Assert.Null(socket.GetData<string>("unknown"));
        Assert.Equal(["count", "user"], socket.Data.Keys.Order());

        await socket.JoinAsync("one");
        await socket.JoinAsync(["two", "three"]);
        await socket.LeaveAsync("one");
        Assert.Equal([client.Id, "two", "three"], socket.Rooms);
        await socket.EmitAsync("hello", 1);
        await client.ExpectAsync("42[\"hello\",1]");
        var answer = socket.Timeout(TimeSpan.FromSeconds(5)).EmitWithAckAsync<int>("question");
        await client.ExpectAsync("420[\"question\"]");
        await client.SendAsync("430[5]");
        Assert.Equal(5, await answer.WithDeadline());
        await socket.DisconnectAsync(close: true);
        await client.ReceiveEndAsync();
        Assert.Empty(socket.Rooms);
    }

    [Fact, Trait("Spec", "SRV-UTIL-01"), Trait("Spec", "SRV-UTIL-02"), Trait("Behaviour", "socket.io/test/utility-methods.ts:83")]
    public async Task WhatTheAdapterFindsIsFound()
    {
        await using var server = await TestServer.StartAsync(options: options => options.Adapter = ns => new FindingAdapter(ns));
        var socket = Assert.Single(await server.Io.FetchSocketsAsync());
        Assert.Equal("42", socket.Id);
        Assert.Equal(["42", "room1"], socket.Rooms);
        Assert.Equal("john", socket.GetData<string>("username"));
        Assert.Equal("\"john\"", socket.Data["username"]!.ToString());
        Assert.Equal([1, 2], socket.GetData<byte[]>("bytes")!);
        Assert.Equal(0, socket.GetData<int>("unknown"));

        var handshake = socket.Handshake;
        Assert.Equal("example.org", handshake.Headers["host"]);
        Assert.Equal("a=1, b=2", handshake.Headers["set-cookie"]);
        Assert.Equal("3", handshake.Query["q"]);
        Assert.Equal("127.0.0.1", handshake.Address);
        Assert.Equal("/socket.io/?q=1", handshake.Url);
        Assert.Equal(1795417576799, handshake.Issued);
        Assert.Equal("2026-11-23T07:06:16.799Z", handshake.Time);
        Assert.True(handshake.Secure);
        Assert.False(handshake.XDomain);
        Assert.Equal("abc", handshake.Auth.GetProperty("token").GetString());
        Assert.False(handshake.User.Identity!.IsAuthenticated);
    }

    [Theory, Trait("Spec", "SEC-CLU-01")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("""{"headers":null,"time":1,"address":{},"xdomain":"yes","secure":1,"issued":1e300,"url":[],"query":[],"auth":"none"}""")]
    [InlineData("""{"headers":{"a":1,"b":[],"c":[null]},"issued":-5,"query":{"a":{}}}""")]
    public async Task AHandshakeOfAnotherKindIsReadAsFarAsItGoes(string json)
    {
        await using var server = await TestServer.StartAsync();
        var handshake = HandshakeRecord.Read(new Payload(Encoding.UTF8.GetBytes(json)), server.Io.Serializer);
        Assert.Equal("{}", handshake.Auth.ToString());
        Assert.Equal("", handshake.Url);
        Assert.Null(handshake.Address);
        Assert.True(handshake.Issued >= 0);
    }

    [Fact, Trait("Spec", "SRV-CLU-12")]
    public async Task AHandshakeIsWrittenAsItIsEmitted()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.OpenAsync(extra: "&q=%22%C3%A4", headers: ("X-Custom", "\"<ü>\""));
        await client.JoinAsync(auth: "{\"token\":1}");
        var record = HandshakeRecord.Write(client.Socket.Handshake, server.Io.Serializer);
        Assert.Equal(server.Io.Serializer.SerializeArguments([client.Socket.Handshake]).ToString(), $"[{record}]");
        var read = HandshakeRecord.Read(record, server.Io.Serializer);
        Assert.Equal(record.ToString(), HandshakeRecord.Write(read, server.Io.Serializer).ToString());
    }

    private sealed record User(string Name, int Age);

    private sealed class FindingAdapter(ServerNamespace ns) : InMemoryAdapter(ns)
    {
        public override ValueTask<FetchedSockets> FetchSocketsAsync(BroadcastOptions options, CancellationToken cancellationToken = default)
        {
            var handshake = """
                {"headers":{"host":"example.org","set-cookie":["a=1","b=2"]},"time":"Mon Nov 23 2026 07:06:16 GMT+0000 (Coordinated Universal Time)",
                "address":"127.0.0.1","xdomain":false,"secure":true,"issued":1795417576799,"url":"/socket.io/?q=1","query":{"q":["1","3"]},"auth":{"token":"abc"}}
                """u8;
            var data = new Payload("""{"username":"john","bytes":{"_placeholder":true,"num":0}}"""u8.ToArray(), new ReadOnlyMemory<byte>[] { new byte[] { 1, 2 } });
            return new(new FetchedSockets([ToRemoteSocket(new SocketRecord("42", new Payload(handshake.ToArray()), ["42", "room1"], data))]));
        }
    }
}
