using System.Diagnostics.CodeAnalysis;
using EngineIO.Client.Http;
using Microsoft.Extensions.Logging;

namespace EngineIO.Client.Transports;

/// <summary>A session over HTTP long-polling: one GET after the other, and one POST at a time beside them.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Without timers and wait handles they own nothing.")]
internal sealed partial class PollingTransport(EngineClient engine, SessionSettings settings, RequestSender sender) : ClientTransport
{
    // More are no payload of a sane server; each takes memory many times its own size.
    private const int MaxPackets = 1 << 18;

    private const int UnknownSession = 1;

    private readonly object _gate = new();
    private readonly ILogger _logger = settings.Loggers.Polling;
    private readonly CancellationTokenSource _abort = new();
    private readonly TaskCompletionSource<bool> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<EnginePacket> _packets = [];

    // Guarded by the gate.
    private PollingState _state = PollingState.Opening;
    private bool _isPolling;
    private Action? _onPaused;

    private Task _polling = Task.CompletedTask;
    private volatile string? _sid;

    // Nobody is there to be told goodbye.
    private volatile bool _isGone;

    public override string Name => ClientTransports.Polling;

    public override bool WritesPayloads => true;

    public override Task Completion => _completion.Task;

    public override void Open() => Poll();

    public override void OnSession(string sid) => _sid = sid;

    public override void Pause(Action onPaused)
    {
        bool isPolling, isPosting;
        lock (_gate)
        {
            if (_state != PollingState.Open) return;
            _state = PollingState.Pausing;
            _onPaused = onPaused;
            (isPolling, isPosting) = (_isPolling, _isPosting);
        }

        if (isPolling) Log.WaitingForPoll(_logger);
        if (isPosting) Log.WaitingForPost(_logger);
        PauseIfIdle();
    }

    public override void Resume()
    {
        lock (_gate)
        {
            if (_state is not (PollingState.Pausing or PollingState.Paused)) return;
            _state = PollingState.Open;
            _onPaused = null;
            // Where the last poll still runs, it goes on by itself.
            if (_isPolling) return;
        }

        Poll();
    }

    public override void Retire()
    {
        lock (_gate)
        {
            if (_state == PollingState.Closed) return;
            _state = PollingState.Closed;
        }

        _completion.TrySetResult(true);
    }

    private bool IsClosed
    {
        get
        {
            lock (_gate) return _state == PollingState.Closed;
        }
    }

    private void PauseIfIdle()
    {
        Action? onPaused;
        lock (_gate)
        {
            if (_state != PollingState.Pausing || _isPolling || _isPosting) return;
            _state = PollingState.Paused;
            (onPaused, _onPaused) = (_onPaused, null);
        }

        Log.Paused(_logger);
        onPaused?.Invoke();
    }

    private EngineClientException Fault(string message, Exception? cause, HttpResponseMessage? response = null, string? body = null, string? detail = null)
    {
        bool isRefusal = Refusal.TryParse(body, out int code, out string text);
        if (response is null || (isRefusal && code == UnknownSession)) _isGone = true;
        return new(message, _sid is null ? EngineClientStage.Handshake : EngineClientStage.Polling, cause)
        {
            Transport = Name,
            Url = settings.Polling.Display,
            StatusCode = response is null ? null : (int)response.StatusCode,
            ServerCode = isRefusal ? code : null,
            ServerMessage = isRefusal ? text : null,
            ResponseBody = body,
            Detail = detail,
        };
    }

    private enum PollingState
    {
        Opening,
        Open,
        Pausing,
        Paused,
        Closed,
    }
}
