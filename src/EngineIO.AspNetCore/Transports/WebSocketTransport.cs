using System.Buffers;
using System.Net.WebSockets;
using EngineIO.AspNetCore.Requests;
using EngineIO.AspNetCore.Sending;
using EngineIO.AspNetCore.Timing;
using Microsoft.Extensions.Logging;

namespace EngineIO.AspNetCore.Transports;

/// <summary>A session over one WebSocket: a frame a packet.</summary>
internal sealed partial class WebSocketTransport : Transport
{
    private const int InitialBufferSize = 4096;

    // Frames that are read together at the most: what was sent meanwhile must leave even if the peer never stops.
    private const int LongestRun = 256;

    // What the "ws" package grants the peer to answer a close frame; a server that stops has less patience.
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan FaultPatience = TimeSpan.FromMilliseconds(250);

    private readonly WebSocket _socket;
    private readonly WebSocketStream? _stream;
    private readonly EngineServer _server;
    private readonly ILogger _logger;
    private WheelTimer? _closeDeadline;
    private int _closing;
    private volatile bool _isOver;
    private volatile bool _wasClosedHere;

    public WebSocketTransport(EngineSession session, EngineServer server, WebSocket socket, EngineRequest request)
        : base(session, request.SupportsBinary)
    {
        _socket = socket;
        // None below the WebSockets of an in-memory host.
        _stream = request.HttpContext.Features.Get<WebSocketStream>();
        _server = server;
        _logger = server.Loggers.WebSocket;
    }

    public override string Name => RequestVerifier.WebSocketName;

    public override bool IsWritable => true;

    public override bool GathersWrites => true;

    /// <summary>Reads until the WebSocket ends.</summary>
    public async Task ReadAsync()
    {
        byte[]? buffer = null;
        var run = 0;
        try
        {
            while (true)
            {
                // An empty read waits for data without holding a buffer.
                var arrival = _socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
                if (!arrival.IsCompleted || ++run == LongestRun)
                {
                    Session.OnReadCompleted(this);
                    Release(ref buffer);
                    run = 0;
                }

                var received = await arrival;
                var length = 0;
                while (!received.EndOfMessage && received.MessageType != WebSocketMessageType.Close)
                {
                    EnsureRoom(ref buffer, length);
                    received = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += received.Count;
                    if (length <= _server.Options.MaxHttpBufferSize) continue;
                    Close(WebSocketCloseStatus.MessageTooBig);
                    Session.OnTransportError(this, new EngineTransportException("Max payload size exceeded"));
                    while (received.MessageType != WebSocketMessageType.Close) received = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                    return;
                }

                if (received.MessageType == WebSocketMessageType.Close) break;
                await OnFrameAsync(buffer.AsMemory(0, length), received.MessageType == WebSocketMessageType.Binary);
            }

            Close(_socket.CloseStatus ?? WebSocketCloseStatus.Empty, isAnswer: true);
            Session.OnTransportClosed(this);
        }
        catch (Exception error) when (error is WebSocketException { WebSocketErrorCode: WebSocketError.ConnectionClosedPrematurely } or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            Session.OnTransportClosed(this);
        }
        catch (WebSocketException error)
        {
            Session.OnTransportError(this, new EngineTransportException(error.Message, error));
            // The WebSocket has sent its close frame and is of no more use.
            if (_stream is not null) await _stream.DrainAsync(FaultPatience, _server.Time);
        }
        finally
        {
            Release(ref buffer);
            _socket.Abort();
            if (_closeDeadline is { } deadline) _server.Wheel.Cancel(deadline);
            _isOver = true;
            Log.ReadyState(_server.Loggers.Transport, _wasClosedHere ? "closing" : "open", "closed");
            _server.RemoveClosing(this);
        }
    }

    public override async ValueTask<bool> WriteAsync(List<OutgoingPacket> batch)
    {
        foreach (var packet in batch) await SendAsync(packet.Frame, packet.Compress);
        return true;
    }

    public ValueTask SendAsync(EngineFrame frame, bool compress = false)
    {
        frame = Codec.ToWebSocketFrame(frame, SupportsBinary);
        var flags = WebSocketMessageFlags.EndOfMessage;
        if (!compress || frame.Bytes.Length < _server.Options.PerMessageDeflate?.Threshold) flags |= WebSocketMessageFlags.DisableCompression;
        return _socket.SendAsync(frame.Bytes, frame.IsBinary ? WebSocketMessageType.Binary : WebSocketMessageType.Text, flags, CancellationToken.None);
    }

    public override void Close() => Close(WebSocketCloseStatus.Empty);

    /// <summary>The server stops: the peer gets a moment, not the usual time, to answer the close frame.</summary>
    public void HastenClose()
    {
        if (_closeDeadline is { } deadline) _server.Wheel.Schedule(deadline, StopTimeout);
    }

    private void Close(WebSocketCloseStatus status, bool isAnswer = false)
    {
        if (Interlocked.Exchange(ref _closing, 1) != 0) return;
        if (!isAnswer)
        {
            _wasClosedHere = true;
            Log.ReadyState(_server.Loggers.Transport, "open", "closing");
            Log.Closing(_logger);
        }

        // Whoever does not answer the close frame, or cannot even be written to, is cut off.
        _closeDeadline = new WheelTimer(_socket.Abort);
        _server.Wheel.Schedule(_closeDeadline, CloseTimeout);
        _server.AddClosing(this);
        if (_isOver) _server.RemoveClosing(this);
        _ = CloseOutputAsync(status);
    }

    private async Task CloseOutputAsync(WebSocketCloseStatus status)
    {
        try
        {
            await _socket.CloseOutputAsync(status, null, CancellationToken.None);
        }
        catch (Exception error) when (error is WebSocketException or InvalidOperationException or IOException or OperationCanceledException)
        {
            Log.CloseFailed(_server.Loggers.Engine, error);
        }
    }

    private ValueTask OnFrameAsync(ReadOnlyMemory<byte> data, bool isBinary)
    {
        Log.Received(_logger, new(data, isBinary));
        if (Codec.DecodeFrame(data, isBinary, out var packet) == PacketError.None) return Session.OnPacketAsync(this, packet);
        Session.OnMalformedPacket(this);
        return default;
    }

    private void EnsureRoom(ref byte[]? buffer, int length)
    {
        if (buffer is null)
        {
            buffer = ArrayPool<byte>.Shared.Rent(InitialBufferSize);
        }
        else if (length == buffer.Length)
        {
            // One byte above the limit is enough to see that it is passed.
            var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * length, Math.Max(length + 1L, _server.Options.MaxHttpBufferSize + 1L)));
            buffer.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
    }

    private static void Release(ref byte[]? buffer)
    {
        if (buffer is null) return;
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = null;
    }
}
