using System.Text.Json.Nodes;
using SocketIO.Redis.Emitters;
using StackExchange.Redis;

namespace SocketIO.Redis.Tests.Emitters;

/// <summary>Our emitters send what the official ones were seen to send.</summary>
public sealed class EmitterVectorTests(SharedRedis redis)
{
    private readonly string _key = SharedRedis.NextPrefix();

    [Fact, Trait("Spec", "SRV-CLU-10"), Trait("Spec", "SRV-CLU-14")]
    public async Task OverPubSub()
    {
        await using var peer = await WirePeer.JoinAsync(redis.Address, _key);
        await using var emitter = new RedisEmitter(new RedisEmitterOptions { Configuration = redis.Address, Key = _key });
        foreach (var vector in Vector.Load("redis-emitter.json", out _))
        {
            await EmitAsync(vector.Id, emitter);
            foreach (var captured in vector.Published)
            {
                var (channel, message) = await peer.NextAsync(vector.Id);
                Assert.Equal(captured.Channel.Replace("socket.io", _key, StringComparison.Ordinal), channel);
                Assert.Equal(captured.IsJson, message[0] == (byte)'{');
                Wire.Equal(captured.Decoded, Wire.Read(message), vector.Id);
            }
        }
    }

    [Fact, Trait("Spec", "SRV-CLU-10"), Trait("Spec", "SRV-CLU-14")]
    public async Task OverAStream()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        await using var emitter = new RedisStreamsEmitter(new RedisStreamsEmitterOptions { ConnectionMultiplexer = connection, StreamName = _key });
        foreach (var vector in Vector.Load("redis-streams-emitter.json", out _))
        {
            await EmitAsync(vector.Id, emitter);
            var entry = Assert.Single(await connection.GetDatabase().StreamRangeAsync(_key));
            await connection.GetDatabase().StreamDeleteAsync(_key, [entry.Id]);
            var arguments = ((JsonArray)vector["commands"]![0]!["args"]!).Select(static argument => (string?)argument!["utf8"]).ToList();
            for (int i = arguments.IndexOf("*") + 1; i < arguments.Count; i += 2)
            {
                string? expected = arguments[i + 1], actual = entry[arguments[i]];
                if (arguments[i] == "data") Wire.Equal(ReadData(expected!), ReadData(actual!), vector.Id);
                else Assert.Equal(expected, actual);
            }
        }
    }

    private static JsonNode? ReadData(string data) => Wire.Read(data[0] == '{' ? System.Text.Encoding.UTF8.GetBytes(data) : Convert.FromBase64String(data));

    private static async Task EmitAsync(string id, ClusterEmitter emitter) => await (id switch
    {
        "emit-all" => emitter.EmitAsync("hello", 1, "2", new Dictionary<string, int[]> { ["3"] = [4] }),
        "emit-room" => emitter.To("room1").EmitAsync("hello"),
        "emit-rooms-except-flags" => emitter.To(["room1", "room2"]).Except("room3").Volatile.Compress(false).EmitAsync("hello"),
        "emit-binary" => emitter.EmitAsync("bin", new byte[] { 1, 2, 255 }),
        "emit-nsp" => emitter.Of("foo").EmitAsync("hello"),
        "socketsJoin" => emitter.In("room1").Except("room3").SocketsJoinAsync(["room4", "room5"]),
        "socketsLeave" => emitter.SocketsLeaveAsync("room4"),
        "serverSideEmit" => emitter.ServerSideEmitAsync("ping", 1, new Dictionary<string, int> { ["a"] = 2 }),
        "disconnectSockets" => emitter.In("room1").DisconnectSocketsAsync(close: true),
        _ => throw new InvalidOperationException($"an unknown vector: {id}"),
    });
}
