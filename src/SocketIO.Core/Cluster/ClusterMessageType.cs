namespace SocketIO.Cluster;

/// <summary>What servers of a cluster say to one another; the values are those on the wire.</summary>
public enum ClusterMessageType
{
    /// <summary>A server is new, and wants to hear of the others.</summary>
    InitialHeartbeat = 1,

    /// <summary>A server is alive.</summary>
    Heartbeat = 2,

    /// <summary>A <see cref="BroadcastMessage"/>.</summary>
    Broadcast = 3,

    /// <summary>A <see cref="RoomsMessage"/>: sockets join rooms.</summary>
    SocketsJoin = 4,

    /// <summary>A <see cref="RoomsMessage"/>: sockets leave rooms.</summary>
    SocketsLeave = 5,

    /// <summary>A <see cref="DisconnectSocketsMessage"/>.</summary>
    DisconnectSockets = 6,

    /// <summary>A <see cref="FetchSocketsMessage"/>.</summary>
    FetchSockets = 7,

    /// <summary>A <see cref="FetchSocketsResponse"/>.</summary>
    FetchSocketsResponse = 8,

    /// <summary>A <see cref="ServerSideEmitMessage"/>.</summary>
    ServerSideEmit = 9,

    /// <summary>A <see cref="ServerSideEmitResponse"/>.</summary>
    ServerSideEmitResponse = 10,

    /// <summary>A <see cref="ClientCountResponse"/>.</summary>
    BroadcastClientCount = 11,

    /// <summary>A <see cref="BroadcastAckResponse"/>.</summary>
    BroadcastAck = 12,

    /// <summary>A server leaves.</summary>
    AdapterClose = 13,
}
