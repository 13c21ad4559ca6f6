namespace SocketIO.Redis;

/// <summary>Options of the pub/sub adapter, named after those of <c>@socket.io/redis-adapter</c> (https://socket.io/docs/v4/redis-adapter/#options).</summary>
public sealed class RedisAdapterOptions : RedisOptions
{
    /// <summary>The prefix of all channels (<c>key</c>). Default: <c>socket.io</c>.</summary>
    public string Key { get; set; } = "socket.io";

    /// <summary>How many events of a namespace Redis keeps, roughly, so that any .NET server can recover a session (<c>ConnectionStateRecovery</c>) and send what it missed. The same
    /// for all .NET servers. Events of Node.js servers and of emitters are not kept. Default: 0, none, and sessions are not recovered.</summary>
    public int RecoveryLogLength { get; set; }

    /// <summary>Whether answers go to the server that asked alone (<c>publishOnSpecificResponseChannel</c>). Servers with different settings understand one another.
    /// Default: false, they go to all.</summary>
    public bool PublishOnSpecificResponseChannel { get; set; }

    private protected override void Check(List<string> faults)
    {
        RequireName(faults, Key, nameof(Key), "socket.io");
        Require(faults, RecoveryLogLength >= 0, nameof(RecoveryLogLength), RecoveryLogLength, "the number of events to keep, such as 10000, or to 0 for none");
    }
}
