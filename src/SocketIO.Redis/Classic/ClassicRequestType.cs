namespace SocketIO.Redis.Classic;

/// <summary>What servers ask of one another; the values are those on the wire.</summary>
internal enum ClassicRequestType
{
    /// <summary>The ids of sockets. Servers before 8.0 ask for them.</summary>
    Sockets = 0,

    /// <summary>The names of all rooms.</summary>
    AllRooms = 1,

    RemoteJoin = 2,

    RemoteLeave = 3,

    RemoteDisconnect = 4,

    RemoteFetch = 5,

    ServerSideEmit = 6,

    /// <summary>A broadcast that is to be acknowledged.</summary>
    Broadcast = 7,

    BroadcastClientCount = 8,

    BroadcastAck = 9,
}
