using System.Text.Json.Nodes;
using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Adapters;
using SocketIO.Redis.Connections;
using StackExchange.Redis;

namespace SocketIO.Redis.Tests.Recovery;

/// <summary>Events that are logged beside the one channel on which they all travel, though rooms have channels of their own.</summary>
public abstract class ShardedRecoverySpecification(SharedRedis redis) : LogRecoverySpecification(redis)
{
    protected override string StreamKey => $"{Prefix}#/#";

    protected override string SessionPrefix => $"{Prefix}-session#/#";

    protected override RedisChannel Channel => RedisChannel.Sharded($"{Prefix}#/#");

    protected override Func<ServerNamespace, IAdapter> Adapters(int maxLength) => new RedisConnections().ToAdapter(
        new ShardedRedisAdapterOptions { Configuration = Address, ChannelPrefix = Prefix, RecoveryLogLength = maxLength },
        static (ns, own, connection) => new ShardedRedisAdapter(ns, own, connection));

    protected override byte[] Event(string ns, string name) => Wire.Pack(new JsonObject
    {
        ["type"] = 3,
        ["data"] = new JsonObject
        {
            ["packet"] = new JsonObject { ["type"] = 2, ["data"] = new JsonArray(name) },
            ["opts"] = new JsonObject { ["rooms"] = new JsonArray(), ["except"] = new JsonArray(), ["flags"] = new JsonObject() },
        },
        ["uid"] = "somebody",
        ["nsp"] = ns,
    });
}
