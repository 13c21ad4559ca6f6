using SocketIO.AspNetCore.Recovery;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore.Adapters;

/// <summary>Keeps the rooms of one namespace and carries its broadcasts, within this server or across a cluster. Every member may be called from any thread.</summary>
/// <remarks>Source: https://socket.io/docs/v4/adapter/.</remarks>
public interface IAdapter
{
    /// <summary>A room came into being. Raised before its first <see cref="RoomJoined"/>; like all events here, outside of any lock.</summary>
    event Action<string>? RoomCreated;

    /// <summary>A room lost its last member.</summary>
    event Action<string>? RoomDeleted;

    /// <summary>A socket joined a room: room, then socket id.</summary>
    event Action<string, string>? RoomJoined;

    /// <summary>A socket left a room: room, then socket id.</summary>
    event Action<string, string>? RoomLeft;

    /// <summary>Called once, when the namespace is made. A failure is logged.</summary>
    ValueTask InitializeAsync();

    /// <summary>Called when the server, or the namespace, closes. A failure is logged.</summary>
    ValueTask CloseAsync();

    /// <summary>The number of servers in the cluster, this one included.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<int> GetServerCountAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds a socket to rooms.</summary>
    /// <param name="id">The socket's id.</param>
    /// <param name="rooms">The rooms.</param>
    ValueTask AddAllAsync(string id, IReadOnlyCollection<string> rooms);

    /// <summary>Removes a socket from a room; does nothing where it is not in it.</summary>
    /// <param name="id">The socket's id.</param>
    /// <param name="room">The room.</param>
    ValueTask RemoveAsync(string id, string room);

    /// <summary>Removes a socket from all of its rooms and forgets it.</summary>
    /// <param name="id">The socket's id.</param>
    ValueTask RemoveAllAsync(string id);

    /// <summary>Sends a packet to every matching socket. Does not wait for slow clients.</summary>
    /// <param name="packet">The packet, of this namespace. Its JSON is valid until the method returns: an adapter that goes on behind an <see langword="await"/> copies it
    /// (<see cref="Payload.Copy"/>).</param>
    /// <param name="options">Whom it reaches.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask BroadcastAsync(Packet packet, BroadcastOptions options, CancellationToken cancellationToken = default);

    /// <summary>Sends a packet to every matching socket, which is to acknowledge it. Does not wait for slow clients.</summary>
    /// <param name="packet">The packet, of this namespace and without an id: each server gives it one of its own.</param>
    /// <param name="options">Whom it reaches.</param>
    /// <param name="observer">Is told of client counts and acknowledgements, from any thread.</param>
    /// <param name="cancellationToken">The end of the operation, be it complete or given up: from then on acknowledgements are ignored, and the adapter keeps nothing of
    /// it.</param>
    ValueTask BroadcastWithAckAsync(
        Packet packet, BroadcastOptions options, IBroadcastAckObserver observer, CancellationToken cancellationToken = default);

    /// <summary>The rooms of one socket of this server at this moment; null for an unknown id.</summary>
    /// <param name="id">The socket's id.</param>
    IReadOnlyCollection<string>? GetRooms(string id);

    /// <summary>The ids of the matching sockets.</summary>
    /// <param name="options">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyCollection<string>> GetSocketIdsAsync(BroadcastOptions options, CancellationToken cancellationToken = default);

    /// <summary>The matching sockets: those of this server, and views of those of others.</summary>
    /// <param name="options">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was found in time, and the names of the servers that did not answer.</returns>
    ValueTask<FetchedSockets> FetchSocketsAsync(BroadcastOptions options, CancellationToken cancellationToken = default);

    /// <summary>Counts the matching sockets. By default they are fetched.</summary>
    /// <param name="options">Which.</param>
    /// <param name="enough">As many as the caller needs to know of: once so many are found, others need not be counted, and no server is silent. Default: all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    async ValueTask<SocketCount> CountSocketsAsync(BroadcastOptions options, int enough = int.MaxValue, CancellationToken cancellationToken = default)
    {
        var sockets = await FetchSocketsAsync(options, cancellationToken).ConfigureAwait(false);
        return new SocketCount(sockets.Count, sockets.Count >= enough ? [] : sockets.SilentServers);
    }

    /// <summary>Makes the matching sockets join rooms.</summary>
    /// <param name="options">Which.</param>
    /// <param name="rooms">The rooms.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask AddSocketsAsync(BroadcastOptions options, IReadOnlyCollection<string> rooms, CancellationToken cancellationToken = default);

    /// <summary>Makes the matching sockets leave rooms.</summary>
    /// <param name="options">Which.</param>
    /// <param name="rooms">The rooms.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask RemoveSocketsAsync(BroadcastOptions options, IReadOnlyCollection<string> rooms, CancellationToken cancellationToken = default);

    /// <summary>Disconnects the matching sockets.</summary>
    /// <param name="options">Which.</param>
    /// <param name="close">Whether their connections are closed as well.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask DisconnectSocketsAsync(BroadcastOptions options, bool close, CancellationToken cancellationToken = default);

    /// <summary>Sends an event to the other servers of the cluster.</summary>
    /// <param name="data">A JSON array: the name, and the arguments.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask ServerSideEmitAsync(Payload data, CancellationToken cancellationToken = default);

    /// <summary>Sends an event to the other servers of the cluster and waits for their answers.</summary>
    /// <param name="data">A JSON array: the name, and the arguments.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One answer of each other server.</returns>
    /// <exception cref="BroadcastTimeoutException">A server did not answer in time.</exception>
    /// <exception cref="NotSupportedException">The adapter knows this server only.</exception>
    ValueTask<IReadOnlyList<Payload>> ServerSideEmitWithAckAsync(Payload data, CancellationToken cancellationToken = default);

    /// <summary>Since when and why the other servers of the cluster cannot be reached, for people to read: the server's health check says degraded and tells it. Null, the
    /// default, where nothing is known to be wrong.</summary>
    string? Outage => null;

    /// <summary>The offset of the last event that was stored, in the order of <see cref="BroadcastAsync"/>; null where the adapter stores none, which is the default.</summary>
    string? LastOffset => null;

    /// <summary>Stores the session of a disconnected socket, so that <see cref="RestoreSessionAsync"/> finds it. Called only where the option
    /// <see cref="SocketIOOptions.ConnectionStateRecovery"/> is set. By default it is not stored.</summary>
    /// <param name="session">The session.</param>
    ValueTask PersistSessionAsync(RecoverableSession session) => default;

    /// <summary>Takes a session out of the store, for one client and once. By default there is none.</summary>
    /// <param name="privateId">Its <see cref="RecoverableSession.PrivateId"/>, as the client says.</param>
    /// <param name="offset">The offset of the last event that the client got, as it says; null where it got none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<RestoreResult> RestoreSessionAsync(string privateId, string? offset, CancellationToken cancellationToken = default) =>
        new(new RestoreResult(RecoveryOutcome.SessionUnknown));
}
