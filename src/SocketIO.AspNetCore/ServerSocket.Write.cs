using EngineIO.AspNetCore;
using SocketIO.AspNetCore.Adapters;
using SocketIO.AspNetCore.Internal;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore;

// The way out: what the application emits waits for room in the session's queue, what a broadcast or the protocol sends does not.
public sealed partial class ServerSocket
{
    private bool _isGranted;
    private List<BroadcastPacket>? _held;

    /// <summary>Writes a broadcast, unless the grant is still to be written: then it follows that.</summary>
    internal void Deliver(ref BroadcastDelivery delivery)
    {
        if (HasOutgoingListeners) NotifyOutgoing(delivery.Data);
        Server.Metrics.EventSent(Namespace);
        var packet = new BroadcastPacket(delivery.Encode(), delivery.IsVolatile, delivery.Compress);
        if (System.Threading.Volatile.Read(ref _isGranted) || !Hold(packet)) Post(packet);
    }

    private bool CanWrite(in Packet packet)
    {
        if (_phase != Phase.Closed && Connection.State == EngineSessionState.Open) return true;
        Client.LogIgnoredWrite(packet);
        return false;
    }

    private ValueTask WriteAsync(EncodedPacket packet, BroadcastFlags flags, CancellationToken cancellationToken)
    {
        var compress = (flags & BroadcastFlags.NoCompression) == 0;
        if ((flags & BroadcastFlags.Volatile) == 0) return Connection.SendAsync(packet.First, packet.Rest, compress, cancellationToken);
        if (!Connection.TrySend(packet.First, packet.Rest, compress)) Client.LogVolatileDiscarded();
        return default;
    }

    // Grants, refusals and farewells wait for nobody.
    private void WriteControl(in Packet packet)
    {
        if (Connection.State != EngineSessionState.Open)
        {
            Client.LogIgnoredWrite(packet);
            return;
        }

        var encoded = Server.Parser.Encode(packet);
        Connection.Post(encoded.First, encoded.Rest);
    }

    private void Post(in BroadcastPacket packet)
    {
        if (!Connected) return;
        if (!packet.IsVolatile) Connection.Post(packet.Encoded.First, packet.Encoded.Rest, packet.Compress);
        else if (!Connection.TrySend(packet.Encoded.First, packet.Encoded.Rest, packet.Compress)) Client.LogVolatileDiscarded();
    }

    private bool Hold(in BroadcastPacket packet)
    {
        lock (_events)
        {
            if (_isGranted) return false;
            if (WasReplayed(packet.Offset)) return true;
            if (packet.Offset is { } offset && _holder is { } holder) holder.LastSent = offset;
            (_held ??= []).Add(packet.Keep());
            return true;
        }
    }

    private void ReleaseHeld()
    {
        while (true)
        {
            List<BroadcastPacket> held;
            lock (_events)
            {
                if (_held is null)
                {
                    _isGranted = true;
                    return;
                }

                held = _held;
                _held = null;
            }

            foreach (var packet in held) Post(packet);
        }
    }

    private void Observe(ValueTask task)
    {
        if (!task.IsCompletedSuccessfully) _ = AwaitAsync(task);

        async Task AwaitAsync(ValueTask pending)
        {
            try
            {
                await pending.ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Whoever cancelled knows.
            }
            catch (Exception exception)
            {
                LogTaskFailed(_log, exception);
            }
        }
    }
}
