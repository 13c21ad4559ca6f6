using Microsoft.Extensions.Logging;
using SocketIO.AspNetCore.Recovery;
using SocketIO.Cluster;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore.Adapters;

/// <summary>Rooms and broadcasts of one server.</summary>
/// <remarks>Thread-safe. <c>_gate</c> guards the two maps and the sets in them; it is held for a few dictionary operations and never while an event is raised, a
/// packet encoded or a socket written to. A broadcast works on arrays that never change, so that sockets may come and go meanwhile.</remarks>
/// <param name="ns">The namespace.</param>
public partial class InMemoryAdapter(ServerNamespace ns) : IAdapter
{
    private const string NoServerSideEmit = "this adapter does not support the serverSideEmit() functionality";

    private readonly object _gate = new();
    private readonly Dictionary<string, CompactSet> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CompactSet> _rooms = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public event Action<string>? RoomCreated;

    /// <inheritdoc/>
    public event Action<string>? RoomDeleted;

    /// <inheritdoc/>
    public event Action<string, string>? RoomJoined;

    /// <inheritdoc/>
    public event Action<string, string>? RoomLeft;

    /// <summary>The namespace.</summary>
    public ServerNamespace Namespace { get; } = ns;

    /// <summary>The rooms that have a member on this server, at this moment.</summary>
    public IReadOnlyCollection<string> Rooms
    {
        get
        {
            lock (_gate) return [.. _members.Keys];
        }
    }

    /// <inheritdoc/>
    public virtual ValueTask InitializeAsync() => default;

    /// <inheritdoc/>
    public virtual ValueTask CloseAsync() => default;

    /// <inheritdoc/>
    public virtual ValueTask<int> GetServerCountAsync(CancellationToken cancellationToken = default) => new(1);

    /// <inheritdoc/>
    public virtual ValueTask AddAllAsync(string id, IReadOnlyCollection<string> rooms)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(rooms);
        foreach (var room in rooms)
        {
            bool created, joined;
            lock (_gate)
            {
                if (!_rooms.TryGetValue(id, out var own)) _rooms[id] = own = new CompactSet();
                own.Add(room);
                created = !_members.TryGetValue(room, out var members);
                if (created) _members[room] = members = new CompactSet();
                joined = members!.Add(id);
            }

            if (created) Raise(RoomCreated, room);
            if (joined) Raise(RoomJoined, room, id);
        }

        return default;
    }

    /// <inheritdoc/>
    public virtual ValueTask RemoveAsync(string id, string room)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(room);
        bool left, deleted;
        lock (_gate)
        {
            if (_rooms.TryGetValue(id, out var own)) own.Remove(room);
            (left, deleted) = RemoveMember(id, room);
        }

        if (left) Raise(RoomLeft, room, id);
        if (deleted) Raise(RoomDeleted, room);
        return default;
    }

    /// <inheritdoc/>
    public virtual ValueTask RemoveAllAsync(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        string[] rooms;
        lock (_gate)
        {
            if (!_rooms.Remove(id, out var own)) return default;
            rooms = own.Snapshot();
        }

        foreach (var room in rooms)
        {
            bool left, deleted;
            lock (_gate) (left, deleted) = RemoveMember(id, room);
            if (left) Raise(RoomLeft, room, id);
            if (deleted) Raise(RoomDeleted, room);
        }

        return default;
    }

    /// <inheritdoc/>
    public virtual ValueTask BroadcastAsync(Packet packet, BroadcastOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var buffer = EncodeBuffer.Take();
        var delivery = new BroadcastDelivery(Namespace.Server.Parser, packet, options, buffer);
        Apply(options, ref delivery, static (socket, ref delivery) => socket.Deliver(ref delivery));
        return default;
    }

    /// <inheritdoc/>
    public virtual ValueTask BroadcastWithAckAsync(
        Packet packet, BroadcastOptions options, IBroadcastAckObserver observer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observer);
        var id = Namespace.NextAckId();
        var numbered = new Packet(packet.Type, packet.Namespace, packet.Data, id);
        using var buffer = EncodeBuffer.Take();
        var broadcast = new AcknowledgedDelivery(new BroadcastAck(id, observer), new BroadcastDelivery(Namespace.Server.Parser, numbered, options, buffer));
        Apply(options, ref broadcast, static (socket, ref broadcast) => broadcast.SendTo(socket));
        observer.OnClientCount(broadcast.Ack.SocketCount);
        broadcast.Ack.ReleaseOn(cancellationToken);
        return default;
    }

    /// <inheritdoc/>
    public virtual IReadOnlyCollection<string>? GetRooms(string id)
    {
        lock (_gate) return _rooms.TryGetValue(id, out var rooms) ? rooms.Snapshot() : null;
    }

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyCollection<string>> GetSocketIdsAsync(BroadcastOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var ids = new List<string>();
        foreach (var socket in Select(options)) ids.Add(socket.Id);
        return new(ids);
    }

    /// <inheritdoc/>
    public virtual ValueTask<FetchedSockets> FetchSocketsAsync(BroadcastOptions options, CancellationToken cancellationToken = default) =>
        new(new FetchedSockets(Select(options)));

    /// <inheritdoc/>
    public virtual ValueTask<SocketCount> CountSocketsAsync(BroadcastOptions options, int enough = int.MaxValue, CancellationToken cancellationToken = default) =>
        new(new SocketCount(Count(options)));

    /// <inheritdoc/>
    public virtual async ValueTask AddSocketsAsync(
        BroadcastOptions options, IReadOnlyCollection<string> rooms, CancellationToken cancellationToken = default)
    {
        foreach (var socket in Select(options)) await socket.JoinAsync(rooms).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public virtual async ValueTask RemoveSocketsAsync(
        BroadcastOptions options, IReadOnlyCollection<string> rooms, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rooms);
        foreach (var socket in Select(options))
        {
            foreach (var room in rooms) await socket.LeaveAsync(room).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisconnectSocketsAsync(BroadcastOptions options, bool close, CancellationToken cancellationToken = default)
    {
        foreach (var socket in Select(options)) await socket.DisconnectAsync(close).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public virtual ValueTask ServerSideEmitAsync(Payload data, CancellationToken cancellationToken = default)
    {
        LogNoServerSideEmit(Namespace.Server.Loggers.Adapter);
        return default;
    }

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<Payload>> ServerSideEmitWithAckAsync(Payload data, CancellationToken cancellationToken = default) =>
        ValueTask.FromException<IReadOnlyList<Payload>>(new NotSupportedException(NoServerSideEmit));

    /// <inheritdoc/>
    public virtual string? Outage => null;

    /// <inheritdoc/>
    public virtual string? LastOffset => null;

    /// <inheritdoc/>
    public virtual ValueTask PersistSessionAsync(RecoverableSession session) => default;

    /// <inheritdoc/>
    public virtual ValueTask<RestoreResult> RestoreSessionAsync(string privateId, string? offset, CancellationToken cancellationToken = default) =>
        new(new RestoreResult(RecoveryOutcome.SessionUnknown));

    /// <summary>Delivers an event that is stored for the recovery of sessions to the matching sockets of this server. Where events are delivered one after the other, in the
    /// order of their offsets, each session gets them in this order.</summary>
    /// <param name="packet">The event, without its offset.</param>
    /// <param name="options">Whom it reaches.</param>
    /// <param name="offset">The offset, which becomes its last argument: letters, digits and punctuation that JSON does not escape.</param>
    protected void Deliver(Packet packet, BroadcastOptions options, string offset)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(offset);
        var stored = new Packet(packet.Type, packet.Namespace, OffsetPayload.Append(packet.Data, offset), packet.Id);
        Enqueue(stored, packet.Data, options, offset).Flush();
    }

    /// <summary>The first half of a delivery, which may be made within a lock.</summary>
    private protected OrderedDelivery Enqueue(Packet stored, Payload original, BroadcastOptions options, string offset)
    {
        var delivery = new OrderedDelivery(new BroadcastDelivery(Namespace.Server.Parser, stored, options, buffer: null, offset), original);
        Apply(options, ref delivery, static (socket, ref delivery) => delivery.Enqueue(socket));
        return delivery;
    }

    private protected delegate void SocketAction<TState>(ServerSocket socket, ref TState state);

    /// <summary>The matching sockets of this server, at this moment.</summary>
    /// <param name="options">Which.</param>
    protected IReadOnlyList<ServerSocket> Select(BroadcastOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var sockets = new List<ServerSocket>();
        Apply(options, ref sockets, static (socket, ref sockets) => sockets.Add(socket));
        return sockets;
    }

    /// <summary>How many sockets of this server match.</summary>
    /// <param name="options">Which.</param>
    protected int Count(BroadcastOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var count = 0;
        Apply(options, ref count, static (_, ref count) => count++);
        return count;
    }

    /// <summary>A socket of another server, to be found by <see cref="FetchSocketsAsync"/>.</summary>
    /// <param name="record">What the other server says of it; what is missing there, or of another kind, is left at its default.</param>
    protected IRemoteSocket ToRemoteSocket(SocketRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new RemoteSocket(Namespace, record);
    }

    private protected void Apply<TState>(BroadcastOptions options, ref TState state, SocketAction<TState> action)
    {
        var rooms = options.Rooms;
        var excluded = ExcludedIds.Of(this, options.Except);
        if (rooms.Count == 0)
        {
            foreach (var socket in Namespace.SnapshotSockets())
            {
                if (!excluded.Contains(socket.Id)) action(socket, ref state);
            }

            return;
        }

        var visited = rooms.Count > 1 ? new HashSet<string>(StringComparer.Ordinal) : null;
        // By index: an enumerator of the interface would be an object.
        for (var i = 0; i < rooms.Count; i++)
        {
            foreach (var id in GetMembers(rooms[i]))
            {
                if (excluded.Contains(id) || visited?.Add(id) == false) continue;
                if (Namespace.LocalSockets.TryGetValue(id, out var socket)) action(socket, ref state);
            }
        }
    }

    private protected bool HasMembers(string room)
    {
        lock (_gate) return _members.ContainsKey(room);
    }

    internal string[] GetMembers(string room)
    {
        lock (_gate) return _members.TryGetValue(room, out var members) ? members.Snapshot() : [];
    }

    private (bool Left, bool Deleted) RemoveMember(string id, string room)
    {
        if (!_members.TryGetValue(room, out var members)) return default;
        return (members.Remove(id), members.Count == 0 && _members.Remove(room));
    }

    private void Raise(Action<string>? handlers, string room)
    {
        if (handlers is null) return;
        try
        {
            handlers(room);
        }
        catch (Exception exception)
        {
            Namespace.Server.ReportHandlerError(HandlerErrorSource.AdapterEvent, exception, Namespace);
        }
    }

    private void Raise(Action<string, string>? handlers, string room, string id)
    {
        if (handlers is null) return;
        try
        {
            handlers(room, id);
        }
        catch (Exception exception)
        {
            Namespace.Server.ReportHandlerError(HandlerErrorSource.AdapterEvent, exception, Namespace);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, NoServerSideEmit)]
    private static partial void LogNoServerSideEmit(ILogger logger);
}
