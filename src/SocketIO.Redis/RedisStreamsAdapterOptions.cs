namespace SocketIO.Redis;

/// <summary>Options of the streams adapter, named after those of <c>@socket.io/redis-streams-adapter</c> (https://socket.io/docs/v4/redis-streams-adapter/#options).</summary>
public sealed class RedisStreamsAdapterOptions : RedisOptions
{
    /// <summary>The key of the stream, or the beginning of the keys (<c>streamName</c>). Default: <c>socket.io</c>.</summary>
    public string StreamName { get; set; } = "socket.io";

    /// <summary>Over how many streams the namespaces are spread (<c>streamCount</c>); the same for all servers. Default: 1.</summary>
    public int StreamCount { get; set; } = 1;

    /// <summary>The prefix of the channels of what is not stored (<c>channelPrefix</c>). Default: <c>socket.io</c>.</summary>
    public string ChannelPrefix { get; set; } = "socket.io";

    /// <summary>Whether those channels are sharded (<c>useShardedPubSub</c>), which needs Redis 7; the same for all servers. Default: false.</summary>
    public bool UseShardedPubSub { get; set; }

    /// <summary>How many messages a stream keeps, roughly (<c>maxLen</c>). Default: 10,000.</summary>
    public int MaxLength { get; set; } = 10_000;

    /// <summary>How many messages are read at a time (<c>readCount</c>). Default: 100.</summary>
    public int ReadCount { get; set; } = 100;

    /// <summary>How long one reading waits for a message (<c>blockTimeInMs</c>). Default: 5 s.</summary>
    public TimeSpan BlockTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The beginning of the keys of stored sessions (<c>sessionKeyPrefix</c>). Default: <c>sio:session:</c>.</summary>
    public string SessionKeyPrefix { get; set; } = "sio:session:";

    /// <summary>Whether no message is searched for bytes (<c>onlyPlaintext</c>): none may hold any. Default: false.</summary>
    public bool OnlyPlaintext { get; set; }

    private protected override void Check(List<string> faults)
    {
        RequireName(faults, StreamName, nameof(StreamName), "socket.io");
        RequireName(faults, ChannelPrefix, nameof(ChannelPrefix), "socket.io");
        RequireName(faults, SessionKeyPrefix, nameof(SessionKeyPrefix), "sio:session:");
        Require(faults, StreamCount > 0, nameof(StreamCount), StreamCount, "at least 1");
        Require(faults, MaxLength > 0, nameof(MaxLength), MaxLength, "at least 1");
        Require(faults, ReadCount > 0, nameof(ReadCount), ReadCount, "at least 1");
        Require(faults, IsTimeout(BlockTime), nameof(BlockTime), BlockTime, AnyTimeout);
    }
}
