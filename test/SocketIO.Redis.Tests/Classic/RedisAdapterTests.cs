namespace SocketIO.Redis.Tests.Classic;

public sealed class RedisAdapterTests(SharedRedis redis) : RedisAdapterSpecification(redis);
