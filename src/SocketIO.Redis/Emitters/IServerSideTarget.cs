namespace SocketIO.Redis.Emitters;

/// <summary>What the servers of a cluster are spoken to through: an emitter, for their main namespace, or one of its namespaces. The methods to call are in
/// <see cref="ServerSideTargetExtensions"/>.</summary>
public interface IServerSideTarget
{
    /// <summary>Sends events to the servers; rooms and flags do not count.</summary>
    IEventEmitter ServerSide { get; }
}
