using EngineIO.AspNetCore.Sending;
using EngineIO.AspNetCore.Timing;
using EngineIO.AspNetCore.Transports;

namespace EngineIO.AspNetCore;

public sealed partial class EngineSession
{
    private static readonly TimeSpan NoopInterval = TimeSpan.FromMilliseconds(100);

    // Guarded by Gate.
    private UpgradeAttempt? _upgrade;

    /// <summary>A WebSocket offers itself; one at a time, and only once.</summary>
    internal bool TryBeginUpgrade(WebSocketTransport transport)
    {
        UpgradeAttempt attempt;
        lock (Gate)
        {
            if (_upgrade is not null || _transport is WebSocketTransport || _state == EngineSessionState.Closed)
            {
                var engine = _server.Loggers.Engine;
                if (_state == EngineSessionState.Closed) Log.UpgradeOfClosed(engine);
                else if (_upgrade is not null) Log.AlreadyUpgrading(engine);
                else Log.AlreadyUpgraded(engine);
                return false;
            }

            Log.UpgradingTransport(_server.Loggers.Engine);
            Log.MightUpgrade(_logger, _transport.Name, transport.Name);
            attempt = new UpgradeAttempt(transport, OnUpgradeTimeout, OnNoopDue);
            _upgrade = attempt;
        }

        _server.Wheel.Schedule(attempt.Deadline, _server.Options.UpgradeTimeout);
        return true;

        void OnUpgradeTimeout() => AbandonUpgrade(transport, cause: null);
    }

    private ValueTask OnProbePacketAsync(Transport transport, EnginePacket packet)
    {
        if (packet is { Type: EnginePacketType.Ping, IsBinary: false } && packet.Data.Span.SequenceEqual("probe"u8)) return OnProbeAsync(transport);
        if (packet is { Type: EnginePacketType.Upgrade, IsBinary: false }) CompleteUpgrade(transport);
        else AbandonUpgrade(transport, "unexpected packet");
        return default;
    }

    /// <returns>A task that completes when the pong is written: whoever reads no pongs can send no more probes.</returns>
    private ValueTask OnProbeAsync(Transport transport)
    {
        UpgradeAttempt? attempt;
        lock (Gate) attempt = _upgrade;
        if (attempt is null || attempt.Transport != transport) return default;
        Log.GotProbe(_logger);
        var sending = SendProbePongAsync(attempt.Transport);
        Raise(Upgrading);
        _server.Wheel.Schedule(attempt.NoopTimer, NoopInterval);
        return new(sending);
    }

    private async Task SendProbePongAsync(WebSocketTransport transport)
    {
        try
        {
            await transport.WriteAsync([OutgoingPacket.Control(EngineFrame.ProbePong)]);
        }
        catch (Exception error)
        {
            AbandonUpgrade(transport, error.Message);
        }
    }

    /// <summary>Ends the waiting GET, so that the client can stop polling.</summary>
    private void OnNoopDue()
    {
        PollingTransport? polling;
        PendingPoll? poll;
        UpgradeAttempt? attempt;
        lock (Gate)
        {
            attempt = _upgrade;
            polling = _transport as PollingTransport;
            // Taken at once: a batch that is about to be written needs it more.
            poll = attempt is null || _writing ? null : polling?.TakePoll();
        }

        if (attempt is null) return;
        if (poll is not null)
        {
            Log.WritingNoop(_logger);
            polling!.Answer(poll, EngineFrame.Noop);
        }

        _server.Wheel.Schedule(attempt.NoopTimer, NoopInterval);
    }

    private void CompleteUpgrade(Transport transport)
    {
        UpgradeAttempt attempt;
        Transport previous;
        bool isTooEarly, isClosing;
        lock (Gate)
        {
            if (_upgrade is null || _upgrade.Transport != transport || _state == EngineSessionState.Closed) return;
            (attempt, previous) = (_upgrade, _transport);
            isClosing = _state == EngineSessionState.Closing;
            // A client completes its upgrade when its POST is answered, not before: messages come from one transport at a time.
            isTooEarly = previous is PollingTransport { IsDelivering: true };
            if (!isTooEarly)
            {
                (_transport, _upgrade) = (transport, null);
                RestartPongDeadline();
            }
        }

        if (isTooEarly)
        {
            AbandonUpgrade(transport, "upgrade packet before the end of a data request");
            return;
        }

        Log.GotUpgrade(_logger);
        attempt.Stop(_server.Wheel);
        previous.Close();
        _server.Metrics.UpgradeCompleted();
        Raise(Upgraded);
        Flush();
        if (isClosing) End(CloseReasons.ForcedClose, error: null);
    }

    private void AbandonUpgrade(Transport transport, string? cause)
    {
        lock (Gate)
        {
            if (_upgrade?.Transport != transport) return;
        }

        AbandonUpgrade(cause);
    }

    /// <param name="cause">Null where its time is over.</param>
    private void AbandonUpgrade(string? cause)
    {
        UpgradeAttempt? attempt;
        lock (Gate) (attempt, _upgrade) = (_upgrade, null);
        if (attempt is null) return;
        if (cause is null) Log.UpgradeTimedOut(_logger);
        else Log.UpgradeNotCompleted(_logger, cause);
        _server.Metrics.UpgradeFailed();
        attempt.Stop(_server.Wheel);
        attempt.Transport.Close();
    }

    /// <summary>A WebSocket that probes, its deadline, and the noops that free the client from polling.</summary>
    private sealed class UpgradeAttempt(WebSocketTransport transport, Action onTimeout, Action onNoopDue)
    {
        public WebSocketTransport Transport { get; } = transport;

        public WheelTimer Deadline { get; } = new(onTimeout);

        public WheelTimer NoopTimer { get; } = new(onNoopDue);

        public void Stop(TimerWheel wheel)
        {
            wheel.Cancel(Deadline);
            wheel.Cancel(NoopTimer);
        }
    }
}
