using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Adapters;
using SocketIO.Redis.Connections;
using SocketIO.Redis.Streams;
using Specifications;

namespace SocketIO.Redis.Tests.Streams;

/// <summary>The streams adapter on a real Redis.</summary>
public abstract class StreamsSpecification(SharedRedis redis) : ClusterSpecification
{
    private readonly string _prefix = SharedRedis.NextPrefix();
    private readonly Dictionary<int, Func<ServerNamespace, IAdapter>> _adapters = [];

    protected override IAdapter CreateAdapter(ServerNamespace ns, int node)
    {
        lock (_adapters)
        {
            if (!_adapters.TryGetValue(node, out var adapter)) _adapters[node] = adapter = Adapters();
            return adapter(ns);
        }
    }

    protected virtual void Configure(RedisStreamsAdapterOptions options)
    {
    }

    protected override string TimeoutText(int missing, int of) => $"timeout reached: only {of - missing} responses received out of {of}";

    private Func<ServerNamespace, IAdapter> Adapters()
    {
        var options = new RedisStreamsAdapterOptions { Configuration = redis.Address, StreamName = _prefix, ChannelPrefix = _prefix, BlockTime = TimeSpan.FromSeconds(1) };
        Configure(options);
        var tails = new StreamTails();
        return new RedisConnections().ToAdapter(options, (ns, own, connection) => new RedisStreamsAdapter(ns, own, connection, tails));
    }
}
