namespace EngineIO.Client;

public sealed partial class EngineClient
{
    private readonly PingDeadline _deadline;

    // Revision 3: the client pings. Set when the session opens.
    private ITimer? _pingTimer;
    private TimeSpan _pingInterval;
    private TimeSpan _pingTimeout;

    /// <summary>Whether no ping has come in time, by the clock: a machine that slept learns it here before its timers do. The session is then closed, for the reason <see cref="EngineCloseReasons.PingTimeout"/>.</summary>
    public bool HasPingExpired()
    {
        if (State == EngineClientState.Closed) return true;
        if (!_deadline.HasPassed) return false;
        Log.Throttled(_logger);
        PoolWork.Run(static engine => engine.OnPingDeadline(), this);
        return true;
    }

    private void StartHeartbeat(EngineHandshakeData handshake)
    {
        (_pingInterval, _pingTimeout) = (handshake.PingInterval, handshake.PingTimeout);
        _deadline.Restart(_pingInterval + _pingTimeout);
        if (_settings.Revision != EngineRevision.V3) return;
        var timer = _settings.Time.CreateTimer(static state => ((EngineClient)state!).SendPing(), this, _pingInterval, Timeout.InfiniteTimeSpan);
        lock (_gate)
        {
            if (_state != EngineClientState.Closed)
            {
                _pingTimer = timer;
                return;
            }
        }

        timer.Dispose();
    }

    private void OnHeartbeat(EnginePacket packet)
    {
        if (_settings.Revision == EngineRevision.V3)
        {
            // Any packet counts, and a pong starts the next interval.
            _deadline.Restart(_pingInterval + _pingTimeout);
            if (packet.Type != EnginePacketType.Pong) return;
            lock (_gate) _pingTimer?.Change(_pingInterval, Timeout.InfiniteTimeSpan);
        }
        else if (packet.Type == EnginePacketType.Ping)
        {
            // Pings alone count.
            _deadline.Restart(_pingInterval + _pingTimeout);
            SendPong();
            Tell(static (engine, handler) => handler.OnPing(engine));
        }
    }

    private void SendPing()
    {
        if (State is EngineClientState.Closing or EngineClientState.Closed) return;
        Log.WritingPing(_logger, (long)_pingTimeout.TotalMilliseconds);
        _deadline.Restart(_pingTimeout);
        SendControl(EngineFrame.Ping);
    }

    private void OnPingDeadline() => End(EngineCloseReasons.PingTimeout, error: null);

    private void StopHeartbeat()
    {
        _deadline.Dispose();
        ITimer? timer;
        lock (_gate) (timer, _pingTimer) = (_pingTimer, null);
        timer?.Dispose();
    }
}
