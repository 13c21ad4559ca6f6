using EngineIO.AspNetCore.Timing;
using EngineIO.AspNetCore.Transports;

namespace EngineIO.AspNetCore;

public sealed partial class EngineSession
{
    // How long a polling client may take to fetch the close packet.
    private static readonly TimeSpan DeferredCloseTimeout = TimeSpan.FromSeconds(30);

    private WheelTimer? _deferredClose;

    /// <summary>Closes the session, for the reason <see cref="CloseReasons.ForcedClose"/>. Idempotent.</summary>
    /// <param name="discard">False: what is queued is delivered first, nothing more is accepted; on polling, a client gets up to 30 s to fetch it.
    /// True: what is queued is dropped.</param>
    public void Close(bool discard = false)
    {
        if (discard)
        {
            if (State != EngineSessionState.Closed) Log.ClosingTransport(_logger, "true");
            End(CloseReasons.ForcedClose, error: null);
            return;
        }

        bool isEmpty;
        int remaining;
        lock (Gate)
        {
            if (_state != EngineSessionState.Open) return;
            SetState(EngineSessionState.Closing);
            isEmpty = _queue.IsEmpty && !_writing;
            remaining = _queue.Count;
        }

        if (isEmpty)
        {
            Log.BufferEmpty(_logger);
            CloseTransport();
        }
        else
        {
            Log.RemainingPackets(_logger, remaining);
            Flush();
        }
    }

    /// <summary>A fault of a transport.</summary>
    internal void OnTransportError(Transport transport, Exception error)
    {
        bool isCurrent, isProbe, isClosed;
        lock (Gate)
        {
            isCurrent = transport == _transport;
            isProbe = _upgrade?.Transport == transport;
            isClosed = _state == EngineSessionState.Closed;
        }

        if (isProbe) AbandonUpgrade(transport, error.Message);
        else if (isCurrent && !isClosed)
        {
            Log.TransportError(_logger, error);
            End(CloseReasons.TransportError, error);
        }
        else if (isCurrent || transport is PollingTransport) Log.DiscardedTransportError(_logger, error);
        else Log.IgnoredTransportError(_server.Loggers.Transport, error.Message, error.InnerException?.Message);
    }

    /// <summary>A transport was closed by the peer.</summary>
    internal void OnTransportClosed(Transport transport)
    {
        if (IsCurrent(transport)) End(CloseReasons.TransportClose, error: null);
        else AbandonUpgrade(transport, "transport closed");
    }

    /// <summary>A GET waits: what is queued can leave.</summary>
    internal void OnTransportReady(Transport transport)
    {
        bool closesNow;
        lock (Gate) closesNow = _deferredClose is not null && _queue.IsEmpty && !_writing && transport == _transport;
        if (!closesNow)
        {
            Flush();
            return;
        }

        // Nothing is left but the close packet, behind a noop.
        Log.TriggeringEmptySend(_server.Loggers.Polling);
        lock (Gate) _queue.AddControl(EngineFrame.Noop);
        Flush();
    }

    private bool IsCurrent(Transport transport)
    {
        lock (Gate) return transport == _transport;
    }

    /// <summary>A batch leaves with a GET's answer. Where it is the last of a closing session, the close packet takes the next answer, as in the
    /// reference. Within the lock.</summary>
    internal void OnBatchLeaves(PollingTransport transport)
    {
        if (_state == EngineSessionState.Closing && _queue.IsEmpty && _deferredClose is null)
        {
            Log.AllSent(_logger);
            DeferClose(transport);
        }
    }

    /// <summary>The close packet is written.</summary>
    internal void OnClosePacketWritten() => End(CloseReasons.ForcedClose, error: null);

    /// <summary>Everything is written: the transport may go, at once or with the next GET.</summary>
    private void CloseTransport(bool afterWriting = false)
    {
        lock (Gate)
        {
            if (_state != EngineSessionState.Closing || _deferredClose is not null) return;
            if (afterWriting) Log.AllSent(_logger);
            if (_transport is PollingTransport { IsWritable: false } polling)
            {
                DeferClose(polling);
                return;
            }

            Log.ClosingTransport(_logger, "false");
        }

        End(CloseReasons.ForcedClose, error: null);
    }

    /// <summary>Polling without a waiting GET cannot tell the peer now; the session stays reachable until the next GET or a deadline. Within the lock.</summary>
    private void DeferClose(PollingTransport polling)
    {
        Log.ClosingTransport(_logger, "false");
        polling.CloseWithNextAnswer();
        _deferredClose = new WheelTimer(() => End(CloseReasons.ForcedClose, error: null));
        _server.Wheel.Schedule(_deferredClose, DeferredCloseTimeout);
    }

    /// <summary>Ends the session: once, whoever comes first.</summary>
    private void End(string reason, Exception? error)
    {
        Transport transport;
        lock (Gate)
        {
            // One that is still opening is closed by its opener, when the server has closed meanwhile.
            if (_state is EngineSessionState.Opening or EngineSessionState.Closed) return;
            SetState(EngineSessionState.Closed);
            transport = _transport;
            _server.Wheel.Cancel(_heartbeat);
            if (_deferredClose is not null) _server.Wheel.Cancel(_deferredClose);
            _queue.Clear();
        }

        AbandonUpgrade("session closed");
        transport.Close();
        _server.Remove(this);
        Log.Closed(_logger, Id, reason, error);
        _server.Metrics.SessionEnded(_server.Time.GetElapsedTime(_openedAt), transport.Name, reason);
        Raise(() => Handler?.OnClosed(reason, error));
        Raise(() => Closed?.Invoke(reason, error));
    }
}
