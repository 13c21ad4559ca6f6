namespace SocketIO.Redis.Tests.Streams;

public sealed class OneStreamSpecification(SharedRedis redis) : StreamsSpecification(redis);
