namespace SocketIO.Cluster;

/// <summary>Writes <see cref="ClusterMessage"/>s as the official adapters do, and reads theirs: a JSON object <c>{type, data, uid, nsp}</c>, with bytes as attachments.</summary>
/// <remarks>A payload without attachments can be sent as it is; one with attachments must be turned into MessagePack, or another format that has bytes. Members are written in
/// the official order and read in any. All methods are thread-safe.</remarks>
public static partial class ClusterCodec
{
    // Eight levels of envelope around data as deep as a client may send.
    private const int MaxDepth = 72;
}
