using EngineIO.AspNetCore.Timing;

namespace EngineIO.AspNetCore;

public sealed partial class EngineSession
{
    private static readonly TimeSpan TolerableLateness = TimeSpan.FromMilliseconds(50);

    private readonly WheelTimer _heartbeat;

    // Guarded by Gate.
    private long _heartbeatSetAt;
    private TimeSpan _heartbeatDelay;
    private bool _awaitsPong;
    private bool _pongDeadlineExtended;

    private void StartHeartbeat()
    {
        lock (Gate) SetHeartbeat(Revision == EngineRevision.V3 ? PingDeadline : _server.Options.PingInterval);
    }

    // Revision 3: the client pings, and has this long to do so.
    private TimeSpan PingDeadline => _server.Options.PingInterval + _server.Options.PingTimeout;

    /// <summary>Within the lock.</summary>
    private void SetHeartbeat(TimeSpan delay)
    {
        if (_state == EngineSessionState.Closed) return;
        _heartbeatSetAt = _server.Time.GetTimestamp();
        _heartbeatDelay = delay;
        _server.Wheel.Schedule(_heartbeat, delay);
    }

    private void OnHeartbeatDue()
    {
        bool isOverdue;
        lock (Gate)
        {
            // Moved on while the wheel was about to fire: the new deadline stands.
            if (_state == EngineSessionState.Closed || _server.Time.GetElapsedTime(_heartbeatSetAt) < _heartbeatDelay - TimerWheel.Precision) return;
            isOverdue = _awaitsPong || Revision == EngineRevision.V3;
            if (!isOverdue)
            {
                _awaitsPong = true;
                _pongDeadlineExtended = false;
                // Counted from when the ping was due, so that lateness does not add up; but the peer is not blamed for a pause of this process.
                var lateness = _server.Time.GetElapsedTime(_heartbeatSetAt) - _heartbeatDelay;
                SetHeartbeat(_server.Options.PingTimeout - (lateness < TolerableLateness ? lateness : TimeSpan.Zero));
            }
        }

        if (isOverdue)
        {
            End(CloseReasons.PingTimeout, error: null);
            return;
        }

        Log.WritingPing(_logger, (long)_server.Options.PingTimeout.TotalMilliseconds);
        SendControl(EngineFrame.Ping);
    }

    /// <summary>Ends the session where its deadline has passed and the timer is a moment late: no request may find it alive then.</summary>
    internal bool EndIfOverdue()
    {
        lock (Gate)
        {
            var hasDeadline = _awaitsPong || Revision == EngineRevision.V3;
            if (!hasDeadline || _server.Time.GetElapsedTime(_heartbeatSetAt) < _heartbeatDelay) return false;
        }

        End(CloseReasons.PingTimeout, error: null);
        return true;
    }

    private void OnPing()
    {
        if (Revision != EngineRevision.V3)
        {
            OnInvalidHeartbeat();
            return;
        }

        Log.GotPing(_logger);
        lock (Gate) SetHeartbeat(PingDeadline);
        SendControl(EngineFrame.Pong);
        Raise(Heartbeat);
    }

    private void OnPong()
    {
        if (Revision == EngineRevision.V3)
        {
            OnInvalidHeartbeat();
            return;
        }

        Log.GotPong(_logger);
        lock (Gate)
        {
            _awaitsPong = false;
            SetHeartbeat(_server.Options.PingInterval);
        }

        Raise(Heartbeat);
    }

    private void OnInvalidHeartbeat() =>
        End(CloseReasons.TransportError, new EngineTransportException("invalid heartbeat direction"));

    private void OnPacketWhilePongIsAwaited()
    {
        lock (Gate)
        {
            if (!_awaitsPong || _pongDeadlineExtended || Revision == EngineRevision.V3) return;
            _pongDeadlineExtended = true;
            SetHeartbeat(_server.Options.PingTimeout);
        }

        Log.RefreshingPingTimeout(_logger);
    }

    /// <summary>A pong on its way when the transport changed may be lost, and gets its full time again; a dead peer is still found. Within the lock.</summary>
    private void RestartPongDeadline()
    {
        if (_awaitsPong) SetHeartbeat(_server.Options.PingTimeout);
    }
}
