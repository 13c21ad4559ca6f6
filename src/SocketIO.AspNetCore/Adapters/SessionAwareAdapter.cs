using SocketIO.AspNetCore.Recovery;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore.Adapters;

/// <summary>Rooms and broadcasts of one server that remembers for a while what it sent and who was there: the adapter in use where
/// <see cref="SocketIOOptions.ConnectionStateRecovery"/> is set.</summary>
/// <remarks>Thread-safe. <c>_order</c> guards the log, the stored sessions and the places where rooms were joined; it is held while an event gets its offset and is put into
/// the queues of all its receivers, so that each client gets events in the order of their offsets, and never while an event is raised or a socket is written to.</remarks>
public sealed partial class SessionAwareAdapter : InMemoryAdapter
{
    private readonly object _order = new();
    private readonly ConnectionStateRecoveryOptions _options;
    private readonly TimeProvider _time;
    private readonly PacketLog _log;
    private readonly Dictionary<string, Dictionary<string, long>> _joinedAt = new(StringComparer.Ordinal);

    /// <summary>Makes the adapter of a namespace.</summary>
    /// <param name="ns">The namespace.</param>
    public SessionAwareAdapter(ServerNamespace ns)
        : base(ns)
    {
        ArgumentNullException.ThrowIfNull(ns);
        var options = ns.Server.Options;
        _options = options.ConnectionStateRecovery ?? new();
        _time = ns.Server.TimeProvider;
        // What was sent to a lost connection before the loss was noticed is missed as well.
        var retention = _options.MaxDisconnectionDuration + options.PingInterval + options.PingTimeout;
        var former = LogOffset.TryParse(ns.Adapter?.LastOffset, out var last) ? last : 0;
        _log = new PacketLog(_time, retention, _options.MaxStoredBytes, former);
    }

    /// <inheritdoc/>
    public override string? LastOffset
    {
        get
        {
            lock (_order) return LogOffset.Format(_log.Last);
        }
    }

    /// <summary>The events that are stored at this moment, and their bytes.</summary>
    internal (int Count, long Bytes) Stored
    {
        get
        {
            lock (_order) return (_log.Count, _log.Bytes);
        }
    }

    /// <inheritdoc/>
    public override ValueTask BroadcastAsync(Packet packet, BroadcastOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (packet.Type != PacketType.Event || packet.Id is not null || options.Has(BroadcastFlags.Volatile))
            return base.BroadcastAsync(packet, options, cancellationToken);

        var data = OffsetPayload.OwnAttachments(packet.Data);
        OrderedDelivery delivery;
        lock (_order)
        {
            var position = _log.Stamp();
            var offset = LogOffset.Format(position);
            var stored = OffsetPayload.Append(data, offset);
            delivery = Enqueue(new Packet(packet.Type, packet.Namespace, stored), packet.Data, options, offset);
            // Not before: what a parser of the application's cannot encode is not stored.
            _log.Add(position, options, stored);
            StartSweeping();
        }

        delivery.Flush();
        return default;
    }

    /// <inheritdoc/>
    public override ValueTask AddAllAsync(string id, IReadOnlyCollection<string> rooms)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(rooms);
        lock (_order)
        {
            if (!_joinedAt.TryGetValue(id, out var joinedAt)) _joinedAt[id] = joinedAt = new(StringComparer.Ordinal);
            foreach (var room in rooms) joinedAt.TryAdd(room, _log.Last);
        }

        return base.AddAllAsync(id, rooms);
    }

    /// <inheritdoc/>
    public override ValueTask RemoveAsync(string id, string room)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(room);
        lock (_order)
        {
            if (_joinedAt.TryGetValue(id, out var joinedAt)) joinedAt.Remove(room);
        }

        return base.RemoveAsync(id, room);
    }

    /// <inheritdoc/>
    public override ValueTask RemoveAllAsync(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        lock (_order) _joinedAt.Remove(id);
        return base.RemoveAllAsync(id);
    }
}
