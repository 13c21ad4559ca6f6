namespace SocketIO.Redis.Emitters;

/// <summary>Options of <see cref="RedisEmitter"/>, named after those of <c>@socket.io/redis-emitter</c> (https://socket.io/docs/v4/redis-adapter/#emitter).</summary>
public sealed class RedisEmitterOptions : EmitterOptions
{
    /// <summary>The prefix of all channels (<c>key</c>), that of the servers. Default: <c>socket.io</c>.</summary>
    public string Key { get; set; } = "socket.io";

    internal override void Validate()
    {
        base.Validate();
        RequireName(Key, nameof(Key), "socket.io");
    }
}
