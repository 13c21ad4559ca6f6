using EngineIO.Client.Transports;

namespace EngineIO.Client;

public sealed partial class EngineClient
{
    // Guarded by the gate.
    private ITimer? _closeDeadline;

    /// <summary>Closes the session, for the reason <see cref="EngineCloseReasons.ForcedClose"/>: what was sent before is written first, a running upgrade ends first, nothing more is accepted.
    /// Both may take <see cref="EngineClientOptions.CloseTimeout"/>. A session that is not open yet is given up at once. Idempotent.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_state is EngineClientState.Closing or EngineClientState.Closed) return;
            bool waits = _state == EngineClientState.Open && (_isWriting || _isUpgrading || !_queue.IsEmpty);
            _state = EngineClientState.Closing;
            if (waits)
            {
                _closeDeadline = _settings.Time.CreateTimer(static state => ((EngineClient)state!).EndForced(), this, _settings.CloseTimeout, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        PoolWork.Run(static engine => engine.EndForced(), this);
    }

    /// <summary>Ends the session at once: what is queued is dropped, the transport is closed in the background.</summary>
    /// <param name="reason">The reason that the handler is told.</param>
    /// <param name="error">The error that the handler is told.</param>
    public void Abort(string reason = EngineCloseReasons.ForcedClose, EngineClientException? error = null)
    {
        if (TryEnd(out var ended)) PoolWork.Run(static end => end.Engine.FinishEnd(end.Ended, end.Reason, end.Error), new PendingEnd(this, ended, reason, error));
    }

    /// <summary>Closes the session and waits until nothing of it is left, for no longer than <see cref="EngineClientOptions.CloseTimeout"/>: what is left of it then, behind a dead
    /// cable, ends by itself within the same time again.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        if (Completion.IsCompleted) return;
        var late = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var timer = _settings.Time.CreateTimer(static state => ((TaskCompletionSource<bool>)state!).TrySetResult(true), late, _settings.CloseTimeout, Timeout.InfiniteTimeSpan);
        await Task.WhenAny(Completion, late.Task).ConfigureAwait(false);
    }

    /// <summary>A transport was closed by the server, or lost.</summary>
    internal void OnTransportClosed(ClientTransport transport, EngineClientException details)
    {
        Probe? probe;
        bool isCurrent;
        lock (_gate) (probe, isCurrent) = (ProbeOf(transport), transport == _transport);
        if (probe is not null) Fail(probe, "transport closed", details);
        else if (isCurrent) End(EngineCloseReasons.TransportClose, details);
    }

    /// <summary>A transport has failed.</summary>
    internal void OnTransportError(ClientTransport transport, EngineClientException error)
    {
        Probe? probe;
        bool isCurrent;
        lock (_gate) (probe, isCurrent) = (ProbeOf(transport), transport == _transport && _state != EngineClientState.Closed);
        if (probe is not null)
        {
            Fail(probe, error.Message, error);
        }
        else if (isCurrent)
        {
            Log.SocketError(_logger, new(error), error);
            Memory.ReachedWebSocket = false;
            if (!TryNextTransport(transport)) End(EngineCloseReasons.TransportError, error);
        }
    }

    private void EndForced() => End(EngineCloseReasons.ForcedClose, error: null);

    /// <summary>Closing, and nothing more to wait for?</summary>
    private void EndIfDone()
    {
        lock (_gate)
        {
            if (_state != EngineClientState.Closing || _isWriting || _isUpgrading || !_queue.IsEmpty) return;
        }

        PoolWork.Run(static engine => engine.EndForced(), this);
    }

    /// <summary>Ends the session: once, whoever comes first.</summary>
    private void End(string reason, EngineClientException? error)
    {
        if (TryEnd(out var ended)) FinishEnd(ended, reason, error);
    }

    private bool TryEnd(out Ended ended)
    {
        lock (_gate)
        {
            ended = new([.. _transports], [.. _probes], _room, _closeDeadline);
            if (_state == EngineClientState.Closed) return false;
            _state = EngineClientState.Closed;
            _queue.Clear(_isWriting);
            _isUpgrading = false;
            _probes.Clear();
            (_room, _closeDeadline) = (null, null);
            return true;
        }
    }

    private void FinishEnd(Ended ended, string reason, EngineClientException? error)
    {
        Log.Closing(_logger, reason);
        StopHeartbeat();
        LeaveNetwork();
        ended.CloseDeadline?.Dispose();
        ended.Room?.TrySetResult(true);
        if (reason == EngineCloseReasons.ForcedClose) Log.TellingTransport(_logger);
        foreach (var transport in ended.Transports) transport.Close();
        foreach (var probe in ended.Probes) RaiseUpgradeFailed(probe, "socket closed", cause: null);
        bool waits;
        lock (_gate)
        {
            waits = _isRaisingOpen;
            if (waits) _closedMeanwhile = (reason, error);
        }

        if (!waits) RaiseClosed(reason, error);
        _ = CompleteAsync(ended.Transports);
    }

    private void RaiseClosed(string reason, EngineClientException? error)
    {
        if (Handler is { } handler)
        {
            try
            {
                handler.OnClosed(this, reason, error);
            }
            catch (Exception failure)
            {
                Log.HandlerFailed(_logger, failure);
            }
        }

        try
        {
            Closed?.Invoke(reason, error);
        }
        catch (Exception failure)
        {
            Log.HandlerFailed(_logger, failure);
        }

        _connecting?.TrySetException(error ?? new(reason, EngineClientStage.Handshake));
    }

    private async Task CompleteAsync(ClientTransport[] transports)
    {
        try
        {
            foreach (var transport in transports) await transport.Completion.ConfigureAwait(false);
            _connections.Dispose();
        }
        catch (Exception error)
        {
            // A handler of the application's that does not let itself be disposed.
            Log.HandlerFailed(_logger, error);
        }

        _completion.TrySetResult(true);
    }

    private readonly record struct Ended(ClientTransport[] Transports, Probe[] Probes, TaskCompletionSource<bool>? Room, ITimer? CloseDeadline);

    private sealed record PendingEnd(EngineClient Engine, Ended Ended, string Reason, EngineClientException? Error);
}
