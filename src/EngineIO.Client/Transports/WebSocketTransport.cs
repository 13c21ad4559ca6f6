using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using EngineIO.Client.Http;
using EngineIO.Client.Sending;
using Microsoft.Extensions.Logging;

namespace EngineIO.Client.Transports;

/// <summary>A session over one WebSocket: a message a packet.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Without timers and wait handles they own nothing.")]
internal sealed partial class WebSocketTransport(EngineClient engine, SessionSettings settings, WebSocketConnector connector) : ClientTransport
{
    private readonly object _gate = new();
    private readonly CancellationTokenSource _connecting = new();
    private readonly TaskCompletionSource<bool> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILogger _logger = settings.Loggers.WebSocket;

    // Guarded by the gate.
    private WebSocket? _socket;
    private bool _isStarted;
    private bool _isClosed;
    private ITimer? _closeDeadline;

    private bool _wasOpened;

    public override string Name => ClientTransports.WebSocket;

    public override bool WritesPayloads => false;

    public override Task Completion => _completion.Task;

    public override void Open()
    {
        lock (_gate)
        {
            if (_isClosed) return;
            _isStarted = true;
        }

        _ = RunAsync();
    }

    public override async ValueTask WriteAsync(List<OutgoingPacket> batch)
    {
        WebSocket? socket;
        lock (_gate) socket = _isClosed ? null : _socket;
        if (socket is null)
        {
            LogDiscarding(settings.Loggers.Transport);
            return;
        }

        try
        {
            foreach (var packet in batch) await SendAsync(socket, packet).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Log.ClosedBeforeOnClose(_logger);
            throw Fault("websocket connection closed", error, WebSocketEnd.Lost);
        }
    }

    public override void Pause(Action onPaused) => throw new NotSupportedException();

    public override void Resume() => throw new NotSupportedException();

    public override void Retire() => throw new NotSupportedException();

    public override void Close()
    {
        WebSocket? socket;
        bool isStarted;
        lock (_gate)
        {
            if (_isClosed) return;
            _isClosed = true;
            (socket, isStarted) = (_socket, _isStarted);
            if (socket is not null) LimitClosing(socket);
        }

        if (socket is not null) _ = SayGoodbyeAsync(socket);
        else if (isStarted) _connecting.Cancel();
        else _completion.TrySetResult(true);
    }

    private bool IsClosed
    {
        get
        {
            lock (_gate) return _isClosed;
        }
    }

    private async Task RunAsync()
    {
        await Task.Yield();
        try
        {
            if (await ConnectAsync().ConfigureAwait(false) is { } socket)
            {
                _wasOpened = true;
                engine.OnTransportOpened(this);
                await ReadAsync(socket).ConfigureAwait(false);
                Release(socket);
            }
        }
        catch (Exception error)
        {
            engine.OnTransportError(this, Fault("websocket error", error, end: default));
        }

        _completion.TrySetResult(true);
    }

    /// <returns>Null where it was closed meanwhile, or could not connect.</returns>
    private async Task<WebSocket?> ConnectAsync()
    {
        var attempt = connector.Start();
        try
        {
            var socket = await attempt.ConnectAsync(_connecting.Token).ConfigureAwait(false);
            lock (_gate)
            {
                if (!_isClosed) return _socket = socket;
            }

            socket.Dispose();
        }
        catch (Exception error)
        {
            if (!IsClosed) engine.OnTransportError(this, Fault("websocket error", error, new(null, null, attempt.StatusCode)));
        }

        return null;
    }

    private ValueTask SendAsync(WebSocket socket, OutgoingPacket packet)
    {
        var frame = settings.Codec.ToWebSocketFrame(packet.Frame, settings.SupportsBinary);
        var type = frame.IsBinary ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
        // No token: one that can be cancelled costs memory per message; aborting the socket ends a write as well.
#if NETSTANDARD2_0
        return socket.SendAsync(frame.Bytes, type, endOfMessage: true, CancellationToken.None);
#else
        var flags = WebSocketMessageFlags.EndOfMessage;
        if (!packet.Compress || frame.Bytes.Length < (settings.Deflate?.Threshold ?? 0)) flags |= WebSocketMessageFlags.DisableCompression;
        return socket.SendAsync(frame.Bytes, type, flags, CancellationToken.None);
#endif
    }

    private async Task SayGoodbyeAsync(WebSocket socket, WebSocketCloseStatus status = WebSocketCloseStatus.NormalClosure)
    {
        try
        {
            await socket.CloseOutputAsync(status, null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Log.GoodbyeFailed(_logger, error);
            socket.Abort();
        }
    }

    /// <summary>Whoever does not answer the close frame, or cannot even be written to, is cut off. Within the gate.</summary>
    private void LimitClosing(WebSocket socket) =>
        _closeDeadline ??= settings.Time.CreateTimer(static state => ((WebSocket)state!).Abort(), socket, settings.CloseTimeout, Timeout.InfiniteTimeSpan);

    private void Release(WebSocket socket)
    {
        ITimer? deadline;
        lock (_gate) (deadline, _isClosed) = (_closeDeadline, true);
        deadline?.Dispose();
        socket.Dispose();
    }

    private EngineClientException Fault(string message, Exception? cause, WebSocketEnd end, string? detail = null) =>
        new(message, _wasOpened ? EngineClientStage.WebSocket : EngineClientStage.Handshake, cause)
        {
            Transport = Name,
            Url = settings.WebSocket.Display,
            StatusCode = end.HttpStatus,
            CloseCode = end.Code,
            CloseDescription = end.Description,
            Detail = detail,
        };
}
