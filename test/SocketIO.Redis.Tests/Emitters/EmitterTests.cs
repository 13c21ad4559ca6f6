using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SocketIO.AspNetCore;
using SocketIO.Redis.Connections;
using SocketIO.Redis.Emitters;
using Specifications;
using StackExchange.Redis;
using TestKit;

namespace SocketIO.Redis.Tests.Emitters;

public sealed class EmitterTests(SharedRedis redis)
{
    private readonly string _key = SharedRedis.NextPrefix();

    [Fact, Trait("Spec", "SRV-CLU-10")]
    public async Task ItReachesSocketsAndServers()
    {
        await using var node = await StartAsync();
        await using var member = await NodeClient.ConnectAsync(node);
        await using var other = await NodeClient.ConnectAsync(node);
        await using var emitter = NewEmitter();
        await emitter.In(member.Id).SocketsJoinAsync(["room", "left"]);
        await emitter.SocketsLeaveAsync("left");
        await emitter.To("room").EmitAsync("hello", 1, new byte[] { 2 });
        await member.ExpectAsync("451-[\"hello\",1,{\"_placeholder\":true,\"num\":0}]");
        await member.ExpectAsync([2]);
        Assert.Equal([member.Id, "room"], member.Socket.Rooms);

        await emitter.Except("room").EmitAsync("end");
        Assert.Empty(await other.UntilEndAsync());
        var heard = new TaskCompletionSource<string>();
        node.Io.ServerSide.On<string, byte[]>("notice", (text, bytes) => heard.SetResult($"{text} {bytes.Length}"));
        await emitter.ServerSideEmitAsync("notice", "text", new byte[3]);
        Assert.Equal("text 3", await heard.Task.WithDeadline());
        await emitter.In("room").DisconnectSocketsAsync(close: true);
        await member.ExpectAsync("41");
        await member.ReceiveEndAsync();
        Assert.Equal(1, await node.Io.Of("/").Adapter.GetServerCountAsync());
    }

    [Fact, Trait("Spec", "SRV-CLU-10")]
    public async Task TheOfficialOneReachesOurServer()
    {
        await using var node = await StartAsync();
        await using var client = await NodeClient.ConnectAsync(node);
        await using var official = await NodeServer.StartAsync("cluster.mjs", new { adapter = "classic", redis = redis.Server.Port, settings = new { key = _key } });
        await EmitAsync($"""[["in","{client.Id}"],["socketsJoin","room"]]""");
        await EmitAsync("""[["to","room"],["emit","hello",1]]""");
        await client.ExpectAsync("42[\"hello\",1]");
        Assert.Contains("room", client.Socket.Rooms);
        var heard = new TaskCompletionSource<int>();
        node.Io.ServerSide.On<int>("notice", heard.SetResult);
        await EmitAsync("""[["serverSideEmit","notice",3]]""");
        Assert.Equal(3, await heard.Task.WithDeadline());
        await EmitAsync("""[["in","room"],["disconnectSockets"]]""");
        await client.ExpectAsync("41");

        Task EmitAsync(string steps) => official.CallAsync("emitter", "/", steps);
    }

    [Fact, Trait("Spec", "SRV-CLU-10")]
    public async Task OursReachesAnOfficialServer()
    {
        await using var official = await NodeServer.StartAsync("cluster.mjs", new { adapter = "classic", redis = redis.Server.Port, settings = new { key = _key } });
        string id = (await official.CallAsync("connect", "client", official.Address.ToString())).GetString()!;
        await using var emitter = NewEmitter();
        await emitter.In(id).SocketsJoinAsync("room");
        await emitter.To("room").EmitAsync("hello", 1, new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        var received = await official.EventAsync("received");
        Assert.Equal("""["hello",1,"2024-01-02T03:04:05.000Z"]""", received.GetProperty("args").GetString());
        await emitter.ServerSideEmitAsync("notice", 3);
        Assert.Equal("""["notice",3]""", (await official.EventAsync("server side")).GetProperty("args").GetString());
        await emitter.In("room").DisconnectSocketsAsync();
        Assert.Equal("io server disconnect", (await official.EventAsync("lost")).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task WhatItCannotSendIsRefused()
    {
        await using var emitter = NewEmitter();
        foreach (string name in (string[])["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"])
        {
            string text = $"\"{name}\" is a reserved event name";
            Assert.Equal(text, (await Assert.ThrowsAsync<ArgumentException>(async () => await emitter.EmitAsync(name))).Message);
            Assert.Equal(text, (await Assert.ThrowsAsync<ArgumentException>(async () => await emitter.ServerSideEmitAsync(name))).Message);
        }

        const string NoAcks = "Acknowledgements are not supported";
        Action<int> answer = static _ => { };
        Assert.Equal(NoAcks, (await Assert.ThrowsAsync<NotSupportedException>(async () => await emitter.ServerSideEmitAsync("event", answer))).Message);
        Assert.Equal(NoAcks, (await Assert.ThrowsAsync<NotSupportedException>(async () => await emitter.EmitAsync("event", 1, answer))).Message);
        await emitter.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await emitter.EmitAsync("event"));
    }

    [Fact]
    public void WrongOptionsAreNamed()
    {
        Assert.Contains("Configuration", Assert.Throws<ArgumentException>(() => new RedisEmitter(new RedisEmitterOptions())).Message, StringComparison.Ordinal);
        Assert.Contains("Key", Assert.Throws<ArgumentException>(() => new RedisEmitter(new RedisEmitterOptions { Configuration = "x", Key = "" })).Message, StringComparison.Ordinal);
        Assert.Contains(
            "StreamCount",
            Assert.Throws<ArgumentException>(() => new RedisStreamsEmitter(new RedisStreamsEmitterOptions { Configuration = "x", StreamCount = 0 })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheyAreServices()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        await using var peer = await WirePeer.JoinAsync(redis.Address, _key);
        var services = new ServiceCollection();
        services.AddSingleton<IConnectionMultiplexer>(connection);
        services.AddSocketIORedisEmitter(redis.Address, options => options.Key = _key);
        services.AddSocketIORedisStreamsEmitter(options => options.ConnectionMultiplexerFactory = static provider => provider.GetRequiredService<IConnectionMultiplexer>());
        services.AddSocketIORedisShardedEmitter(redis.Address);
        await using (var provider = services.BuildServiceProvider())
        {
            await provider.GetRequiredService<RedisEmitter>().EmitAsync("hello");
            Assert.Equal($"{_key}#/#", (await peer.NextAsync("the event")).Channel);
            Assert.NotNull(provider.GetRequiredService<RedisStreamsEmitter>());
            Assert.NotNull(provider.GetRequiredService<ShardedRedisEmitter>());
        }

        Assert.True(connection.IsConnected);
    }

    private RedisEmitter NewEmitter() => new(new RedisEmitterOptions { Configuration = redis.Address, Key = _key });

    private async Task<Node> StartAsync()
    {
        var options = new RedisAdapterOptions { Configuration = redis.Address, Key = _key };
        var create = new RedisConnections().ToAdapter(options, static (ns, options, connection) => new RedisAdapter(ns, options, connection));
        var node = await Node.StartAsync(create, new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(55)));
        await Subscribed.UntilAsync(node.Io.Of("/"), 1);
        return node;
    }
}
