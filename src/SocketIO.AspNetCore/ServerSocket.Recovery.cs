using SocketIO.AspNetCore.Adapters;
using SocketIO.AspNetCore.Internal;
using SocketIO.AspNetCore.Recovery;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore;

// Connection state recovery: what a socket keeps of its session, and how it takes over that of its predecessor.
public sealed partial class ServerSocket
{
    private readonly RestoredSession? _restored;

    // Set before the socket is added to its namespace; null where the session cannot be restored.
    private SessionHolder? _holder;

    // The offsets of the missed packets, until what is broadcast has got past them.
    private volatile HashSet<string>? _replayed;

    /// <summary>Whether the state of a former connection was recovered (<c>recovered</c>): the socket has its id, rooms and data.</summary>
    public bool Recovered => Recovery == RecoveryOutcome.Recovered;

    /// <summary>What became of the client's wish to have its state recovered.</summary>
    public RecoveryOutcome Recovery { get; }

    internal bool Ends => _phase is Phase.Closing or Phase.Closed;

    /// <summary>Puts a stored event into the session's queue, or holds it back until the grant is written. Calls nobody.</summary>
    /// <returns>Whether it is in the queue; null where the client does not get it, or has got it already.</returns>
    internal bool? Enqueue(ref BroadcastDelivery delivery)
    {
        var offset = delivery.Offset!;
        var encoded = delivery.Encode();
        if (!System.Threading.Volatile.Read(ref _isGranted) && Hold(new BroadcastPacket(encoded, isVolatile: false, delivery.Compress, offset))) return false;
        if (WasReplayed(offset)) return null;
        if (_holder is { } holder) holder.LastSent = offset;
        if (!Connected) return null;
        Connection.Enqueue(encoded.First, encoded.Rest, delivery.Compress);
        return true;
    }

    /// <summary>The second half of a delivery.</summary>
    internal void Flush(in EncodedPacket encoded, Payload original, bool isQueued)
    {
        Server.Metrics.EventSent(Namespace);
        if (HasOutgoingListeners) NotifyOutgoing(original);
        if (isQueued) Connection.Flush(encoded.First, encoded.Rest);
    }

    /// <summary>Goes into the rooms of the restored session and writes what the client missed.</summary>
    /// <returns>False where that failed; nothing has been written then.</returns>
    internal async Task<bool> ReplayAsync(RestoredSession restored)
    {
        List<EncodedPacket> packets = [];
        try
        {
            // 1. From here on broadcasts are held back.
            Namespace.Add(this);
            await JoinAsync(restored.Session.Rooms).ConfigureAwait(false);

            // 2. What was sent up to now; of what is held back, the rest.
            var missed = await restored.ReadMissedAsync().ConfigureAwait(false);
            foreach (var packet in missed) packets.Add(Server.Parser.Encode(new Packet(PacketType.Event, Namespace.Name, packet.Data)));
            SkipReplayed(missed);
        }
        catch (Exception exception)
        {
            Namespace.LogRestoreFailed(exception);
            return false;
        }

        // 3. In one write, unless it is too much for the queue.
        foreach (var packet in packets)
        {
            await WaitForRoomAsync(packet).ConfigureAwait(false);
            Connection.Enqueue(packet.First, packet.Rest);
        }

        foreach (var packet in packets) Connection.Flush(packet.First, packet.Rest);
        if (packets.Count > 0) await Connection.WaitForRoomAsync(1, packets[0].First.Bytes.Length).ConfigureAwait(false);
        return true;

        ValueTask WaitForRoomAsync(in EncodedPacket packet)
        {
            long bytes = packet.First.Bytes.Length;
            foreach (ref readonly var frame in packet.Rest.Span) bytes += frame.Bytes.Length;
            return Connection.WaitForRoomAsync(1 + packet.Rest.Length, bytes);
        }
    }

    // A session of its own, with a secret that nobody can guess.
    private void BeginSession()
    {
        if (!Namespace.Recovers || Client.IsV2) return;
        _holder = new SessionHolder(SocketId.Next(), Client) { Socket = this, GrantedAt = Namespace.Adapter.LastOffset };
        Namespace.Hold(_holder);
    }

    // Of a lost connection, not of one that was given up.
    private Task PersistSessionAsync(string reason)
    {
        if (_holder is not { } holder || !DisconnectReasons.IsRecoverable(reason)) return Task.CompletedTask;
        LogPersisting(_log, Id);
        var session = new RecoverableSession(Id, holder.PrivateId, [.. Rooms], Data) { GrantedAt = holder.GrantedAt, Holder = holder };
        return Guard(() => Namespace.Adapter.PersistSessionAsync(session));
    }

    private void EndSession(Task storing, Task leaving)
    {
        if (_holder is not { } holder) return;
        if (storing.IsCompleted && leaving.IsCompleted) Namespace.End(holder);
        else _ = AwaitAsync();

        async Task AwaitAsync()
        {
            await Task.WhenAll(storing, leaving).ConfigureAwait(false);
            Namespace.End(holder);
        }
    }

    private void SkipReplayed(IReadOnlyList<MissedPacket> missed)
    {
        if (missed.Count == 0) return;
        lock (_events)
        {
            var replayed = new HashSet<string>(missed.Select(static packet => packet.Offset), StringComparer.Ordinal);
            _held?.RemoveAll(packet => packet.Offset is { } offset && replayed.Contains(offset));
            if (_held?.Exists(static packet => packet.Offset is not null) != true) _holder!.LastSent = missed[^1].Offset;
            _replayed = replayed;
        }
    }

    private bool WasReplayed(string? offset)
    {
        if (_replayed is not { } replayed || offset is null) return false;
        if (replayed.Contains(offset)) return true;
        // They come in their order: none of those will come any more.
        _replayed = null;
        return false;
    }
}
