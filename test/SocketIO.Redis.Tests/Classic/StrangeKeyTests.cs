namespace SocketIO.Redis.Tests.Classic;

/// <summary>A key that is full of what means something in a pattern.</summary>
public sealed class StrangeKeyTests(SharedRedis redis) : RedisAdapterSpecification(redis)
{
    protected override string Key(string key) => $"{key}[a-z]?*\\é^]-";
}
