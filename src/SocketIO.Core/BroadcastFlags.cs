namespace SocketIO;

/// <summary>How a broadcast is sent.</summary>
[Flags]
public enum BroadcastFlags
{
    /// <summary>To every matching socket of the cluster, compressed where the transport compresses.</summary>
    None = 0,

    /// <summary>Sockets whose transport cannot write at this moment do not get the packet.</summary>
    Volatile = 1,

    /// <summary>Sockets of this server only.</summary>
    Local = 2,

    /// <summary>The packet asks for no compression.</summary>
    NoCompression = 4,

    /// <summary>The broadcast means one socket, and its acknowledgement is one value (<c>expectSingleResponse</c>).</summary>
    ExpectSingleResponse = 8,
}
