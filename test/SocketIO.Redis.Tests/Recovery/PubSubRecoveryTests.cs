using System.Text.Json.Nodes;
using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Adapters;
using SocketIO.Redis.Connections;
using StackExchange.Redis;

namespace SocketIO.Redis.Tests.Recovery;

public sealed class PubSubRecoveryTests(SharedRedis redis) : LogRecoverySpecification(redis)
{
    protected override string StreamKey => $"{Prefix}-log#/#";

    protected override string SessionPrefix => $"{Prefix}-session#/#";

    protected override RedisChannel Channel => RedisChannel.Literal($"{Prefix}#/#");

    protected override Func<ServerNamespace, IAdapter> Adapters(int maxLength) =>
        new RedisConnections().ToAdapter(
            new RedisAdapterOptions { Configuration = Address, Key = Prefix, RecoveryLogLength = maxLength }, static (ns, own, connection) => new RedisAdapter(ns, own, connection));

    protected override byte[] Event(string ns, string name) => Wire.Pack(new JsonArray(
        "somebody",
        new JsonObject { ["type"] = 2, ["data"] = new JsonArray(name), ["nsp"] = ns },
        new JsonObject { ["rooms"] = new JsonArray(), ["except"] = new JsonArray(), ["flags"] = new JsonObject() }));
}
