using EngineIO.AspNetCore.Sending;
using EngineIO.AspNetCore.Transports;

namespace EngineIO.AspNetCore;

// From the queue to the transport.
public sealed partial class EngineSession
{
    // Guarded by Gate: a batch is being written; what is sent waits for the end of the messages that are being handled; the transport that read them.
    private bool _writing;
    private bool _gathering;
    private Transport? _reader;

    // Dropped for want of room and not yet counted by the metrics, whose listeners must not run within the lock.
    private int _dropped;

    /// <summary>Writes what is queued if the transport can take it and nobody writes already.</summary>
    private void Flush()
    {
        if (_dropped != 0) ReportDropped();
        if (!TryBeginWrite(out var transport, out var batch)) return;
        var pump = PumpAsync(transport, batch);
        // What does not complete at once goes on by itself; the pump does not throw.
        if (!pump.IsCompleted) _ = pump.AsTask();
    }

    private bool TryBeginWrite(out Transport transport, out List<OutgoingPacket> batch)
    {
        lock (Gate)
        {
            transport = _transport;
            batch = null!;
            if (_writing || _queue.IsEmpty || _state is EngineSessionState.Closed || !transport.IsWritable) return false;
            if (_gathering && transport.GathersWrites) return false;
            _writing = true;
            batch = _queue.TakeAll();
        }

        Log.Flushing(_logger);
        if (_server.Metrics.CountsMessages) _server.Metrics.MessagesSent(transport.Name, batch);
        return true;
    }

    private async ValueTask PumpAsync(Transport transport, List<OutgoingPacket> batch)
    {
        bool isWritten;
        do
        {
            try
            {
                RaiseFlushing(batch);
                isWritten = await transport.WriteAsync(batch);
                Log.BatchSent(_logger);
            }
            catch (Exception error)
            {
                isWritten = false;
                OnTransportError(transport, new EngineTransportException("write error", error));
            }
        }
        while (EndWrite(batch, isWritten) && TryBeginWrite(out transport, out batch));
    }

    /// <summary>A batch is written, or lost.</summary>
    /// <returns>Whether there is more.</returns>
    private bool EndWrite(List<OutgoingPacket> batch, bool isWritten)
    {
        bool isEmpty;
        EngineSessionState state;
        lock (Gate)
        {
            _writing = false;
            _queue.Return(batch);
            _queue.Confirm(isWritten);
            isEmpty = _queue.IsEmpty;
            state = _state;
        }

        if (!isEmpty) return true;
        if (isWritten && state != EngineSessionState.Closed) RaiseDrained();
        if (state == EngineSessionState.Closing) CloseTransport(afterWriting: true);
        return false;
    }

    private void RaiseFlushing(List<OutgoingPacket> batch)
    {
        if (Flushing is null && !_server.WatchesFlushing) return;
        IReadOnlyList<EngineFrame> frames = batch.ConvertAll(static packet => packet.Frame.Keep());
        Raise(Flushing, frames);
        _server.RaiseFlushing(this, frames);
    }

    private void RaiseDrained()
    {
        Raise(Drained);
        _server.RaiseDrained(this);
    }

    private void ReportDropped()
    {
        var dropped = Interlocked.Exchange(ref _dropped, 0);
        if (dropped > 0) _server.Metrics.DroppedBecauseFull(dropped);
    }
}
