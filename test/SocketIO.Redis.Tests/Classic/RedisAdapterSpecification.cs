using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Adapters;
using SocketIO.Redis.Connections;
using Specifications;

namespace SocketIO.Redis.Tests.Classic;

/// <summary>The pub/sub adapter, as every adapter for several servers.</summary>
public abstract class RedisAdapterSpecification(SharedRedis redis) : ClusterSpecification
{
    private readonly RedisConnections _connections = new();
    private readonly string _key = SharedRedis.NextPrefix();

    protected virtual string Key(string key) => key;

    protected virtual bool PublishOnSpecificResponseChannel => false;

    protected override IAdapter CreateAdapter(ServerNamespace ns, int node)
    {
        var options = new RedisAdapterOptions
        {
            Configuration = redis.Address,
            Key = Key(_key),
            PublishOnSpecificResponseChannel = PublishOnSpecificResponseChannel,
        };
        return _connections.ToAdapter(options, static (ns, options, connection) => new RedisAdapter(ns, options, connection))(ns);
    }

    protected override string TimeoutText(int missing, int of) => $"timeout reached: only {of - missing} responses received out of {of}";
}
