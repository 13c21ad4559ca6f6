namespace SocketIO.AspNetCore;

/// <summary>What servers of a cluster speak to one another through: a server, for its main namespace, or a namespace. The methods to call are in
/// <see cref="ServerSideEmitExtensions"/>.</summary>
public interface IServerSideEmitter
{
    /// <summary>The events between the servers.</summary>
    ServerSideEvents ServerSide { get; }
}
