namespace SocketIO.Redis.Emitters;

/// <summary>Options of <see cref="RedisStreamsEmitter"/>: what the servers have.</summary>
public sealed class RedisStreamsEmitterOptions : EmitterOptions
{
    /// <summary>The key of the stream, or the beginning of the keys (<c>streamName</c>). Default: <c>socket.io</c>.</summary>
    public string StreamName { get; set; } = "socket.io";

    /// <summary>Over how many streams the servers spread the namespaces (<c>streamCount</c>). The official emitter knows one. Default: 1.</summary>
    public int StreamCount { get; set; } = 1;

    /// <summary>How many messages the stream keeps, roughly (<c>maxLen</c>). Default: 10,000.</summary>
    public int MaxLength { get; set; } = 10_000;

    internal override void Validate()
    {
        base.Validate();
        RequireName(StreamName, nameof(StreamName), "socket.io");
        if (StreamCount < 1) throw new ArgumentException($"The option {nameof(StreamCount)} is {StreamCount}; set it to 1 or more.");
        if (MaxLength < 1) throw new ArgumentException($"The option {nameof(MaxLength)} is {MaxLength}; set it to 1 or more.");
    }
}
