namespace SocketIO.Redis.Tests.Recovery;

public sealed class ShardedRecoveryTests(SharedRedis redis) : ShardedRecoverySpecification(redis);
