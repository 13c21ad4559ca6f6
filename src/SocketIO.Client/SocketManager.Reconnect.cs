using SocketIO.Client.Internal;

namespace SocketIO.Client;

// The series of attempts after a connection failed or was lost.
public sealed partial class SocketManager
{
#if NET
    private readonly Backoff _backoff = new(Random.Shared.NextDouble);
#else
    private readonly Backoff _backoff = new(new Random().NextDouble);
#endif

    // Guarded by Gate. Whether a series runs, and whether none is to begin.
    private bool _reconnecting;
    private bool _skipReconnect;

    /// <summary>Whether an attempt is scheduled or on its way. Guarded by <see cref="Gate"/>.</summary>
    internal bool IsReconnecting => _reconnecting;

    private void ReconnectAfterFirstFailure()
    {
        if (!_reconnecting && Options.Reconnection && _backoff.Attempts == 0) Reconnect();
    }

    private void Reconnect(Exception? last = null)
    {
        if (_reconnecting || _skipReconnect) return;
        if (_backoff.Attempts >= Options.MaxAttempts)
        {
            LogReconnectFailed(_log);
            _backoff.Reset();
            Raise(_reconnectFailed, "reconnect_failed");
            FailConnects(last ?? new SocketConnectException("reconnection failed"));
            return;
        }

        var delay = _backoff.Next(Options.MinDelay, Options.MaxDelay, Options.RandomizationFactor);
        LogWillWait(_log, (long)delay.TotalMilliseconds);
        _reconnecting = true;
        var turn = _turn;
        _timer = Options.TimeProvider.CreateTimer(_ => OnWaitOver(turn), null, delay, System.Threading.Timeout.InfiniteTimeSpan);
    }

    // Handlers see the attempt before it begins, and may change the options for it, or end the series.
    private void OnWaitOver(int turn)
    {
        lock (Gate)
        {
            if (!IsWaiting(turn)) return;
            if (!Options.Reconnection)
            {
                _reconnecting = false;
                FailConnects(new SocketConnectException("reconnection was turned off"));
                return;
            }

            LogAttempting(_log);
            // Where nobody looks, a handler that blocks does not hold it up.
            if (_reconnectAttempt.IsEmpty)
            {
                OpenCore(isReconnection: true, isCalled: false);
                return;
            }

            Raise(_reconnectAttempt, _backoff.Attempts, "reconnect_attempt");
            Dispatcher.Post(static (manager, turn) => ((SocketManager)manager).Attempt((int)turn!), this, turn);
        }
    }

    private void Attempt(int turn)
    {
        lock (Gate)
        {
            if (!IsWaiting(turn)) return;
            OpenCore(isReconnection: true, isCalled: false);
        }
    }

    private bool IsWaiting(int turn) => turn == _turn && !_skipReconnect && !_isDisposed && _reconnecting && _state == SocketManagerState.Closed;

    private void OnReconnectionFailed(SocketConnectException error)
    {
        LogReconnectError(_log);
        _reconnecting = false;
        Reconnect(error);
        Raise(_reconnectError, error, "reconnect_error");
    }
}
